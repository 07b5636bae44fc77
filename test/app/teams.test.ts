import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { evidence } from '../../src/db/schema/evidence.ts';
import { votes } from '../../src/db/schema/go-no-go.ts';
import { identities } from '../../src/db/schema/people.ts';
import { exportAudit } from '../../src/services/audit/export-audit.ts';
import { eventually } from '../support/eventually.ts';
import { planYaml } from './scene.ts';
import { startTeamsApp, type TeamsApp } from './start-teams-app.ts';
import { directTo, idsOf, openPollInTeams, planInTeams, releaseChannelOf, textOf } from './teams-scene.ts';

let teams: TeamsApp;
let ids: Record<string, string> = {};
let channel = '';

beforeAll(async () => {
  teams = await startTeamsApp();
  ids = idsOf(teams);
  channel = releaseChannelOf(teams);
});
afterAll(() => teams.stop());

const direct = (person: string) => directTo(teams, ids[person] ?? '');

it('answers a mention below it, and a message in the chat', async () => {
  const typed = await teams.control.command({
    person: ids.rita ?? '',
    channel,
    command: '/release',
    text: 'help',
  });
  expect(typed).toMatchObject({ status: 'acknowledged' });
  await eventually(async () => {
    const [root] = await teams.control.messages(channel);
    const thread = await teams.control.messages(channel, { threadTs: root?.ts ?? '' });
    expect(textOf(thread[1])).toContain('What tminus can do');
  });
});

it('greets once in the chat of whoever has the app, and in the first channel of its team', async () => {
  const greetings = async (place: string) =>
    (await teams.control.messages(place)).filter((one) =>
      textOf(one).includes('Hello! I guide software releases'),
    );
  const chat = await teams.control.direct(ids.bo ?? '');
  const [team] = [teams.teams.seed.team.id];
  const install = (state: string) =>
    fetch(`${teams.teams.url}/teams/sandbox/installation`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ people: { [ids.bo ?? '']: state } }),
    });
  await eventually(async () => {
    expect([(await greetings(chat)).length, (await greetings(team)).length]).toEqual([1, 1]);
  });
  expect(textOf((await greetings(chat))[0])).toContain('release new');
  await install('removed');
  await install('installed');
  await teams.control.command({ person: ids.bo ?? '', channel: chat, command: '/release', text: 'help' });
  await eventually(async () => expect(JSON.stringify(await direct('bo'))).toContain('What tminus can do'));
  expect(await greetings(chat)).toHaveLength(1);
});

it('plans a release from a form in a card', async () => {
  const { answer } = await planInTeams(teams);
  expect(answer).toContain('web-2.4.0');
});

it('leaves a form in a channel to those who may submit it, whoever else tries', async () => {
  const rita = ids.rita ?? '';
  await teams.control.command({ person: rita, channel, command: '/release', text: 'pause web-2.4.0' });
  const threads = async () => {
    const roots = await teams.control.messages(channel);
    const below = roots.map(({ ts }) => teams.control.messages(channel, { threadTs: ts }));
    return (await Promise.all(below)).flat();
  };
  const form = await eventually(async () => {
    const found = (await threads()).find((message) => textOf(message).includes('Input.Text'));
    if (!found) throw new Error('no form');
    return found;
  });
  const now = async () => textOf((await threads()).find(({ ts }) => ts === form.ts));
  const submit = (person: string) =>
    teams.control.click({
      person,
      on: { channel, ts: form.ts },
      actionId: 'submit-form',
      values: { reason: { text: 'Just so.' } },
    });
  for (let times = 0; times < 2; times++)
    expect(await submit(ids.quinn ?? '')).toMatchObject({ status: 'acknowledged' });
  expect(await now()).toContain('Input.Text');
  await submit(rita);
  await eventually(async () => expect(await now()).toContain('web-2.4.0 is paused'));
  await teams.control.command({ person: rita, channel, command: '/release', text: 'resume web-2.4.0' });
  await eventually(async () => expect(JSON.stringify(await threads())).toContain('resumed'));
});

it('takes a form out of its message once somebody else has done what it asks for', async () => {
  const person = ids.rita ?? '';
  const conversation = await teams.control.direct(person);
  const type = (text: string) =>
    teams.control.command({ person, channel: conversation, command: '/release', text });
  const forms = async () =>
    (await direct('rita')).filter((message) => textOf(message).includes('What is it waiting for?'));
  for (const count of [1, 2]) {
    await type('pause web-2.4.0');
    await eventually(async () => expect(await forms()).toHaveLength(count));
  }
  const [first, second] = await forms();
  await teams.control.click({
    person,
    on: { channel: conversation, ts: second?.ts ?? '' },
    actionId: 'submit-form',
    values: { reason: { text: 'Just so.' } },
  });
  await eventually(async () => {
    const now = (await direct('rita')).find(({ ts }) => ts === first?.ts);
    expect(textOf(now)).toContain('web-2.4.0 is already paused since');
  });
  const answer = (await direct('rita')).find(({ ts }) => ts === second?.ts);
  expect(textOf(answer)).toContain('web-2.4.0 is paused since');
  await type('resume web-2.4.0');
  await eventually(async () => expect(JSON.stringify(await direct('rita'))).toContain('resumed'));
});

it('shows a poll and takes a vote, a dialog for a no-go, and each voter their own', async () => {
  const poll = await openPollInTeams(teams);
  const person = ids.quinn ?? '';
  const on = { channel, ts: poll.ts };
  expect(textOf(poll)).toContain('0 of 6 voted');
  const clicked = await teams.control.click({ person, on, actionId: 'vote-go' });
  expect(clicked).toMatchObject({ status: 'acknowledged' });
  await eventually(async () => {
    const [now] = (await teams.control.messages(channel)).filter(({ ts }) => ts === poll.ts);
    expect(textOf(now)).toContain('1 of 6 voted');
  });
  const sam = ids.sam ?? '';
  await teams.control.click({ person: sam, on, actionId: 'vote-no-go' });
  const [view] = await teams.control.views(sam);
  expect(view).toBeDefined();
  await teams.control.submit({
    person: sam,
    viewId: view?.id ?? '',
    values: { reason: { text: 'Two findings.' } },
  });
  await eventually(async () => {
    const [now] = (await teams.control.messages(channel)).filter(({ ts }) => ts === poll.ts);
    expect(textOf(now)).toContain('2 of 6 voted');
  });
});

it('posts the address of a calendar in the chat alone, also a new one with its button', async () => {
  const person = ids.quinn ?? '';
  const chat = await teams.control.direct(person);
  const type = (place: string) =>
    teams.control.command({ person, channel: place, command: '/release', text: 'calendar' });
  const addresses = async () =>
    (await direct('quinn')).filter((one) => textOf(one).includes('renew-calendar')).map(addressIn);
  await type(channel);
  await eventually(async () => {
    const roots = await teams.control.messages(channel);
    const threads = await Promise.all(
      roots.map(({ ts }) => teams.control.messages(channel, { threadTs: ts })),
    );
    const shown = JSON.stringify(threads);
    expect(shown).toContain('Ask me again in our chat.');
    expect(shown).not.toContain('/calendar/');
  });
  await type(chat);
  const card = await eventually(async () => {
    const found = (await direct('quinn')).find((one) => textOf(one).includes('renew-calendar'));
    expect(found).toBeDefined();
    return found as Message;
  });
  const on = { channel: chat, ts: card.ts };
  const clicked = await teams.control.click({ person, on, actionId: 'renew-calendar' });
  expect(JSON.stringify(clicked)).toContain('I sent it to you in our chat.');
  await eventually(async () => expect(new Set(await addresses()).size).toBe(2));
});

function addressIn(message: Message): string | undefined {
  return /calendar\/[^"]+?\.ics/.exec(textOf(message))?.[0];
}

it('plans a release step by step in a card, and goes back with what was typed', async () => {
  const person = ids.rita ?? '';
  const conversation = await teams.control.direct(person);
  await teams.control.command({ person, channel: conversation, command: '/release', text: 'new blank' });
  const step = (number: number) =>
    eventually(async () => {
      const found = (await direct('rita')).find((one) => textOf(one).includes(`Step ${number} of 4`));
      expect(found).toBeDefined();
      return found as Message;
    });
  const press = async (number: number, actionId: string, typed: Record<string, string> = {}) => {
    const values = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, { text }]));
    const on = { channel: conversation, ts: (await step(number)).ts };
    const pressed = await teams.control.click({ person, on, actionId, values });
    expect(pressed).toMatchObject({ status: 'acknowledged' });
  };
  await press(1, 'submit-form', { product: 'Web shop', version: '2.5.0', summary: 'Three steps.' });
  await press(2, 'form-back', { features: 'A new checkout', zone: '' });
  expect(textOf(await step(1))).toContain('Three steps.');
  await press(1, 'submit-form', { summary: 'Four steps.' });
  expect(textOf(await step(2))).toContain('A new checkout');
  await press(2, 'submit-form');
  expect(textOf(await step(2))).toContain('time zone');
  await press(2, 'submit-form', { zone: 'Europe/Amsterdam' });
  await press(3, 'submit-form');
  await press(4, 'submit-form');
  await eventually(async () => {
    expect(JSON.stringify(await direct('rita'))).toContain('web-shop-2.5.0 is planned');
  });
});

it('shows each voter their own vote, and everybody else the card of all', async () => {
  const [poll] = (await teams.control.messages(channel)).filter((one) => textOf(one).includes('vote-go'));
  const on = { channel, ts: poll?.ts ?? '' };
  expect(textOf(poll)).not.toContain('Your vote');
  const refreshed = await fetch(`${teams.teams.url}/teams/sandbox/actions/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: ids.quinn, on }),
  });
  expect(await refreshed.json()).toMatchObject({ status: 'acknowledged' });
  const [own] = (await teams.control.messages(channel, { person: ids.quinn ?? '' })).filter(
    ({ ts }) => ts === poll?.ts,
  );
  expect(textOf(own)).toContain('Your vote: go.');
});

it('takes no click of somebody of another tenant, and the trail says who tried', async () => {
  const [poll] = (await teams.control.messages(channel)).filter((one) => textOf(one).includes('vote-go'));
  const clicked = await fetch(`${teams.teams.url}/teams/sandbox/actions/click`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      person: ids.emil,
      on: { channel, ts: poll?.ts },
      actionId: 'vote-go',
      token: 'other-tenant',
    }),
  });
  expect(await clicked.text()).toContain('serves another workspace, so nothing was done');
  const { db } = teams.app.services;
  const tried: string[] = [];
  for await (const event of exportAudit(db, { releaseKey: null }))
    if (event.includes('workspace.enter')) tried.push(event);
  expect(tried).toHaveLength(1);
  expect(tried[0]).toContain('not-permitted');
  expect(await db.$count(votes)).toBe(2);
});

it('posts a home in the chat that stays true, and counts whoever removes the app as not reachable', async () => {
  const person = ids.priya ?? '';
  const conversation = await teams.control.direct(person);
  await teams.control.command({ person, channel: conversation, command: '/home', text: '' });
  await eventually(async () => expect(JSON.stringify(await direct('priya'))).toContain('web-2.4.0'));
  await fetch(`${teams.teams.url}/teams/sandbox/installation`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ people: { [person]: 'removed' } }),
  });
  const isReachable = async () => {
    const rows = await teams.app.services.db.select().from(identities);
    return rows.find(({ platformId }) => platformId === person)?.unreachableSince === null;
  };
  await eventually(async () => expect(await isReachable()).toBe(false));
});

it('adds a message to the record by the action in its menu, and shows it to whoever asks', async () => {
  const person = ids.quinn ?? '';
  await teams.control.say({ person, channel, text: 'All <b> tests pass & are green' });
  const message = await eventually(async () => {
    const found = (await teams.control.messages(channel)).find(({ text }) => text.includes('are green'));
    if (!found) throw new Error('nobody wrote it');
    return found;
  });
  const on = { channel, ts: message.ts };
  const chosen = await teams.control.shortcut({ person, on, callbackId: 'add-to-record' });
  const form = { person, viewId: chosen.view?.id ?? '', values: { release: { pick: 'web-2.4.0' } } };
  const submitted = await teams.control.submit(form);
  expect(JSON.stringify(submitted.view)).toContain('The message from Quinn');
  const stranger = await teams.control.shortcut({ person: ids.bo ?? '', on, callbackId: 'add-to-record' });
  expect(stranger.notice).toContain('You have no role in a release');
  const [row] = await teams.app.services.db.select().from(evidence);
  expect(row).toMatchObject({
    source: `teams:${channel}:${message.ts}`,
    text: expect.stringContaining('All <b> tests pass & are green'),
    link: expect.stringContaining(`/${message.ts}`),
  });
});

it('plans the release of a file that somebody sends in the chat, or of a block of code', async () => {
  const person = ids.rita ?? '';
  const chat = await teams.control.direct(person);
  const plan = planYaml(teams, { key: 'filed-1.0' });
  await teams.control.say({ person, channel: chat, text: '', files: [{ name: 'filed.yaml', text: plan }] });
  await eventually(async () =>
    expect(JSON.stringify(await direct('rita'))).toContain('This plans filed-1.0.'),
  );
  const said = await teams.control.say({ person, channel, text: plan.replace('filed-1.0', 'typed-1.0') });
  const on = { channel, ts: said.message?.ts ?? '' };
  const chosen = await teams.control.shortcut({ person, on, callbackId: 'plan-release' });
  expect(JSON.stringify(chosen.view)).toContain('This plans typed-1.0.');
});
