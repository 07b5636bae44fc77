import { expect } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { eventually } from '../support/eventually.ts';
import { planYaml } from './scene.ts';
import type { TeamsApp } from './start-teams-app.ts';

/** People by their handles. */
export function idsOf({ teams }: TeamsApp): Record<string, string> {
  return Object.fromEntries(teams.seed.people.map(({ name, id }) => [name, id]));
}

export function releaseChannelOf({ teams }: TeamsApp): string {
  return teams.seed.channels.find(({ name }) => name === 'release-deployment')?.id ?? '';
}

/** The cards of a message, as JSON. */
export function textOf(message: Message | undefined): string {
  return JSON.stringify(message?.attachments ?? []);
}

/** What is in the chat of a person with the bot, oldest first. */
export async function directTo({ control }: TeamsApp, person: string): Promise<Message[]> {
  return control.messages(await control.direct(person), { person });
}

/** Plans `web-2.4.0` as Rita, by a form in her chat. What took the form's place there. */
export async function planInTeams(app: TeamsApp): Promise<{ answer: string }> {
  const { control } = app;
  const person = idsOf(app).rita ?? '';
  const conversation = await control.direct(person);
  await control.command({ person, channel: conversation, command: '/release', text: 'import' });
  const form = await seen(app, () => directTo(app, person), 'Input.Text');
  const more = 'channels: { release: "teams:Web Platform/release-deployment" }';
  const submitted = await control.click({
    person,
    on: { channel: conversation, ts: form.ts },
    actionId: 'submit-form',
    values: { plan: { text: planYaml(app, { more }) } },
  });
  expect(submitted).toMatchObject({ status: 'acknowledged' });
  // On a slow machine the form is first answered with "Working on it…".
  return eventually(async () => {
    const answer = textOf((await directTo(app, person)).find(({ ts }) => ts === form.ts));
    expect(answer).not.toContain('Input.Text');
    return { answer };
  });
}

/** Lets the poll open on schedule; its card in the channel. */
export async function openPollInTeams(app: TeamsApp): Promise<Message> {
  app.clock.jumpTo(app.clock.now() + 60 * 60_000);
  return seen(app, () => app.control.messages(releaseChannelOf(app)), 'vote-go');
}

/** Waits for a message with these words in its card; the log says why there is none. */
function seen(app: TeamsApp, look: () => Promise<Message[]>, words: string): Promise<Message> {
  return eventually(async () => {
    const found = (await look()).find((message) => textOf(message).includes(words));
    if (!found) throw new Error(`no ${words}: ${JSON.stringify(app.logged).slice(0, 3_000)}`);
    return found;
  });
}
