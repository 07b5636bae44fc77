import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActionResult } from '../../sandbox/control-api.ts';
import { votes } from '../../src/db/schema/go-no-go.ts';
import { lateRequests } from '../../src/db/schema/late-requests.ts';
import { withTransaction } from '../../src/db/with-transaction.ts';
import { createGate } from '../bot/slack/gate.ts';
import { eventually } from '../support/eventually.ts';
import { startTeamsApp, type TeamsApp } from './start-teams-app.ts';
import { directTo, idsOf, openPollInTeams, planInTeams, releaseChannelOf, textOf } from './teams-scene.ts';

type Kept = typeof lateRequests.$inferSelect;

let teams: TeamsApp;
let ids: Record<string, string> = {};
/** The poll's card in the channel. */
let on = { channel: '', ts: '' };
/** What a process keeps of a click and of a form that take long. */
const kept: { click?: Kept; form?: Kept } = {};

beforeAll(async () => {
  teams = await startTeamsApp();
  ids = idsOf(teams);
  await planInTeams(teams);
  on = { channel: releaseChannelOf(teams), ts: (await openPollInTeams(teams)).ts };
});
afterAll(() => teams.stop());

/** Acts while nobody gets at the release. What was kept of it then. */
async function actLate(act: () => Promise<ActionResult>): Promise<Kept> {
  const { db } = teams.app.services;
  const locked = createGate();
  const gate = createGate();
  const holding = withTransaction(db, async (tx) => {
    await tx.execute(sql`select 1 from releases for update`);
    locked.open();
    await gate.opened;
  });
  // Otherwise a fast click gets at the release first.
  await Promise.race([locked.opened, holding]);
  try {
    expect(JSON.stringify(await act())).toContain('Working on it');
    const [row, ...others] = await db.select().from(lateRequests);
    if (!row || others.length > 0) throw new Error('one request should be kept');
    return row;
  } finally {
    gate.open();
    await holding;
  }
}

/** The same of another person, as a process leaves it that is killed before it has done anything. */
async function leaveBehind(act: Kept | undefined, person: string): Promise<void> {
  if (!act) throw new Error('nothing was kept before');
  const { db, clock } = teams.app.services;
  const payload = JSON.parse(act.payload);
  Object.assign(payload.asked, { userId: ids[person], activityId: `left by ${person}` });
  const past = new Date(clock.wall() - 1_000);
  await db.insert(lateRequests).values({
    key: `teams:${ids[person]} ${act.kind} left`,
    kind: act.kind,
    payload: JSON.stringify(payload),
    receivedAt: past,
    leasedUntil: past,
  });
}

/** Nothing is kept any more, the person was told so once, and so many have voted like this. */
async function expectDone(person: string, choice: 'go' | 'no_go', count: number): Promise<void> {
  const { db } = teams.app.services;
  await eventually(async () => {
    const told = (await directTo(teams, ids[person] ?? '')).filter((one) => textOf(one).includes('Done.'));
    expect(told).toHaveLength(1);
    expect(await db.$count(lateRequests)).toBe(0);
  });
  expect(await db.$count(votes, sql`choice = ${choice}`)).toBe(count);
}

it('says in time that a click takes longer, goes on behind, and tells what came of it once', async () => {
  const click = { person: ids.emil ?? '', on, actionId: 'vote-go' };
  kept.click = await actLate(() => teams.control.click(click));
  await expectDone('emil', 'go', 1);
});

it('finishes a click that a process has left behind', async () => {
  await leaveBehind(kept.click, 'dana');
  await expectDone('dana', 'go', 2);
});

it('does the same with a form in a dialog', async () => {
  const person = ids.sam ?? '';
  await teams.control.click({ person, on, actionId: 'vote-no-go' });
  const [view] = await teams.control.views(person);
  const values = { reason: { text: 'Two findings.' } };
  kept.form = await actLate(() => teams.control.submit({ person, viewId: view?.id ?? '', values }));
  await expectDone('sam', 'no_go', 1);
});

it('finishes a form that a process has left behind', async () => {
  await leaveBehind(kept.form, 'priya');
  await expectDone('priya', 'no_go', 2);
});

it('finishes a message that a process has left behind, where it was written', async () => {
  const conversationId = await teams.control.direct(ids.quinn ?? '');
  const { asked } = JSON.parse(kept.click?.payload ?? '');
  const payload = {
    asked: { ...asked, conversationId, replyToId: null },
    ...{ isPersonal: true, text: 'release help', data: null },
  };
  await leaveBehind({ ...(kept.click as Kept), kind: 'command', payload: JSON.stringify(payload) }, 'quinn');
  await eventually(async () => {
    expect(JSON.stringify(await directTo(teams, ids.quinn ?? ''))).toContain('What tminus can do');
    expect(await teams.app.services.db.$count(lateRequests)).toBe(0);
  });
});
