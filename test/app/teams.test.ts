import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { votes } from '../../src/db/schema/go-no-go.ts';
import { lateRequests } from '../../src/db/schema/late-requests.ts';
import { identities } from '../../src/db/schema/people.ts';
import { withTransaction } from '../../src/db/with-transaction.ts';
import { createGate } from '../bot/slack/gate.ts';
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

it('plans a release from a form in a card, opens its poll, and takes a vote', async () => {
  const person = ids.rita ?? '';
  const conversation = await teams.control.direct(person);
  await teams.control.command({ person, channel: conversation, command: '/release', text: 'import' });
  const form = await eventually(async () => {
    const found = (await direct('rita')).find((message) => textOf(message).includes('Input.Text'));
    expect(found, explain()).toBeDefined();
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
  const answered = (await direct('rita')).find(({ ts }) => ts === form.ts);
  expect(textOf(answered)).toContain('web-2.4.0');
});

it('shows a poll and takes a vote, a dialog for a no-go, and each voter their own', async () => {
  teams.clock.jumpTo(teams.clock.now() + 60 * 60_000);
  const poll = await eventually(async () => {
    const found = (await teams.control.messages(channel)).find((one) => textOf(one).includes('vote-go'));
    expect(found, explain()).toBeDefined();
    return found as Message;
  });
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

it('plans a release step by step in a card, and goes back with what was typed', async () => {
  const person = ids.rita ?? '';
  const conversation = await teams.control.direct(person);
  await teams.control.command({ person, channel: conversation, command: '/release', text: 'new blank' });
  const step = (number: number) =>
    eventually(async () => {
      const found = (await direct('rita')).find((one) => textOf(one).includes(`Step ${number} of 4`));
      expect(found, explain()).toBeDefined();
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
    expect(JSON.stringify(await direct('rita')), explain()).toContain('web-shop-2.5.0 is planned');
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

it('says in time that it takes longer, goes on behind, and tells what came of it once', async () => {
  const { db } = teams.app.services;
  const [poll] = (await teams.control.messages(channel)).filter((one) => textOf(one).includes('vote-go'));
  const person = ids.emil ?? '';
  const gate = createGate();
  const holding = withTransaction(db, async (tx) => {
    await tx.execute(sql`select 1 from releases for update`);
    await gate.opened;
  });
  const clicked = await teams.control.click({
    person,
    on: { channel, ts: poll?.ts ?? '' },
    actionId: 'vote-go',
  });
  expect(JSON.stringify(clicked)).toContain('Working on it');
  expect(await db.select().from(lateRequests)).toHaveLength(1);
  gate.open();
  await holding;
  await eventually(async () => {
    expect(JSON.stringify(await direct('emil'))).toContain('Done.');
    expect(await db.select().from(lateRequests)).toHaveLength(0);
  });
  const emil = await db.select().from(votes).where(sql`choice = 'go'`);
  expect(emil).toHaveLength(2);
});

it('finishes what a process that is gone has left behind, once and where it was asked', async () => {
  const { db, clock } = teams.app.services;
  const conversationId = await teams.control.direct(ids.dana ?? '');
  const asked = {
    userId: ids.dana,
    userName: 'Dana Fischer',
    tenantId: teams.teams.seed.tenantId,
    activityId: 'left-behind',
    conversationId,
    replyToId: null,
  };
  const past = new Date(clock.wall() - 1_000);
  await db.insert(lateRequests).values({
    key: `teams:${ids.dana} command left-behind`,
    kind: 'command',
    payload: JSON.stringify({ asked, isPersonal: true, text: 'release help', data: null }),
    receivedAt: past,
    leasedUntil: past,
  });
  await eventually(async () => {
    expect(JSON.stringify(await direct('dana'))).toContain('What tminus can do');
    expect(await db.select().from(lateRequests)).toHaveLength(0);
  });
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
