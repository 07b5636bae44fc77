import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import { planYaml } from './scene.ts';
import { startTeamsApp, type TeamsApp } from './start-teams-app.ts';

let teams: TeamsApp;
const ids: Record<string, string> = {};
let channel = '';

beforeAll(async () => {
  teams = await startTeamsApp();
  for (const { name, id } of teams.teams.seed.people) ids[name] = id;
  channel = teams.teams.seed.channels.find(({ name }) => name === 'release-deployment')?.id ?? '';
});
afterAll(() => teams.stop());

const explain = () => JSON.stringify(teams.logged).slice(0, 3000);
const textOf = (message: Message | undefined) => JSON.stringify(message?.attachments ?? []);
const direct = async (person: string) => {
  const conversation = await teams.control.direct(ids[person] ?? '');
  return teams.control.messages(conversation, { person: ids[person] ?? '' });
};

it('answers a mention below it, and a message in the chat', async () => {
  const typed = await teams.control.command({ person: ids.rita ?? '', channel, command: '/release', text: 'help' });
  expect(typed).toMatchObject({ status: 'acknowledged' });
  await eventually(async () => {
    const [root] = await teams.control.messages(channel);
    const thread = await teams.control.messages(channel, { threadTs: root?.ts ?? '' });
    expect(textOf(thread[1])).toContain('What tminus can do');
  });
});

it('plans a release from a form in a card, opens its poll, and takes a vote', async () => {
  const person = ids.rita ?? '';
  const conversation = await teams.control.direct(person);
  await teams.control.command({ person, channel: conversation, command: '/release', text: 'import' });
  const form = await eventually(async () => {
    const found = (await direct('rita')).find((message) => textOf(message).includes('Input.Text'));
    expect(found).toBeDefined();
    return found as Message;
  });
  const more = 'channels: { release: "teams:Web Platform/release-deployment" }';
  const plan = planYaml(teams as never, { more });
  const submitted = await teams.control.click({
    person,
    on: { channel: conversation, ts: form.ts },
    actionId: 'submit-form',
    values: { plan: { text: plan } },
  });
  expect(submitted).toMatchObject({ status: 'acknowledged' });
  expect(JSON.stringify(submitted) + textOf((await direct('rita')).find(({ ts }) => ts === form.ts))).toContain('web-2.4.0');
});

it('says what went wrong', () => {
  expect(explain()).toBe('[]');
});
