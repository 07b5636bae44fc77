import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activityBase } from '../../sandbox/teams/app/activity.ts';
import { eventually } from '../support/eventually.ts';
import { startTeamsApp, type TeamsApp } from './start-teams-app.ts';

let running: TeamsApp;
beforeAll(async () => {
  running = await startTeamsApp({ targetedReplies: true });
});
afterAll(() => running.stop());

const found = <Item>(item: Item | undefined): Item => {
  if (item === undefined) throw new Error('nothing was found');
  return item;
};

it('answers in the chat what only its writer and tminus see, and says so there to them alone', async () => {
  const { teams, control, clock, app } = running;
  const { seed, url } = teams;
  const person = found(seed.people.find(({ name }) => name === 'rita'));
  const channel = found(seed.channels.find(({ name }) => name === 'support'));
  const chat = await control.direct(person.id);
  const thread = async () => control.messages(channel.id, { threadTs: await rootId() });
  const rootId = async () => found((await control.messages(channel.id))[0]).ts;
  await control.command({ person: person.id, channel: channel.id, command: '/release', text: 'help' });
  await eventually(async () => expect(await thread()).toHaveLength(2));
  const before = await control.messages(chat, { person: person.id });

  const source = { seed, serviceUrl: () => `${url}/teams/connector/`, options: { clock } };
  const conversation = { kind: 'channel' as const, id: channel.id, channel };
  const place = { conversation, rootId: await rootId() };
  const base = activityBase(source, { person, place, id: randomUUID() });
  const recipient = { id: seed.app.botId, name: seed.app.name, isTargeted: true };
  const response = await fetch(`${app.httpUrl}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await teams.bearer()}` },
    body: JSON.stringify({ ...base, type: 'message', text: 'release help', recipient }),
  });
  expect(response.status).toBe(200);

  await eventually(async () => {
    const now = await control.messages(chat, { person: person.id });
    expect(now).toHaveLength(before.length + 1);
    expect(JSON.stringify(now)).toContain('What tminus can do');
  });
  expect(await thread()).toHaveLength(2);
  await eventually(async () => {
    const seen = await control.messages(channel.id, { threadTs: await rootId(), person: person.id });
    expect(seen.map(({ onlyFor }) => onlyFor)).toEqual([undefined, undefined, person.id]);
    expect(JSON.stringify(seen.at(-1))).toContain('I sent it to you in our chat.');
  });
});
