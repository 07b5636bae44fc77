import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { fireMessages, type MessageTimer } from '../../../src/services/timer/fire-messages.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, auditOf, outboxOf, planRelease } from '../steps.ts';

let world: World;
let releases: string[];
beforeEach(async () => {
  world = await openWorld();
  releases = [];
  for (const release of ['web-1.0', 'web-2.0', 'web-3.0'])
    releases.push(await planRelease(world, { release }));
});
afterEach(() => world.close());

/** When the first item of each is due: T-14 at 10:00 in Amsterdam. */
const first = '2030-06-04T08:00:00Z';

/** The timers of one item of the schedule, by the order of the releases. */
async function timersOf(key: string): Promise<MessageTimer[]> {
  return world.query<MessageTimer>(
    `select t.id as "timerId", t.release_id as "releaseId", c.id as "communicationId", t.revision
      from timers t join communications c on c.id::text = t.subject_id join releases r on r.id = t.release_id
      where c.key = $1 order by r.key`,
    [key],
  );
}

const fire = async (timers: MessageTimer[], world_ = world.services) =>
  accepted(await fireMessages({ ctx: asSystem(world_), input: { timers } })).left;

/** The subjects of what is in the outbox but for the announcements of the plans. */
const sent = async () => (await outboxOf(world)).filter((subject) => subject !== 'planned');

describe('messages fired together', () => {
  it('are sent once each, in one act, each in the audit trail of its release', async () => {
    world.clock.moveTo(first);
    const timers = await timersOf('readiness-review');
    world.workItems.length = 0;
    expect(await fire(timers)).toEqual([]);
    expect(await sent()).toEqual(['readiness-review', 'readiness-review', 'readiness-review']);
    for (const [index, id] of releases.entries()) {
      const events = (await auditOf(world, id)).filter(({ action }) => action === 'communication.sent');
      expect(events).toMatchObject([
        {
          actor: 'system:schedule',
          subject: timers[index]?.communicationId,
          details: { key: 'readiness-review' },
        },
      ]);
    }
    expect(world.workItems).toContainEqual({
      job: 'delivery',
      destination: expect.stringContaining('slack:channel:'),
    });
  });

  it('are sent once when several processes fire them at the same moment, and when they are fired again', async () => {
    world.clock.moveTo(first);
    const timers = await timersOf('readiness-review');
    await Promise.all([fire(timers), fire([...timers].reverse()), fire(timers)]);
    await fire(timers);
    expect(await sent()).toHaveLength(3);
  });

  it('are withheld with the reason where they are not true', async () => {
    world.clock.moveTo(first);
    await world.query(`update releases set state = 'cancelled' where id = $1`, [releases[1]]);
    expect(await fire(await timersOf('readiness-review'))).toEqual([]);
    expect(await sent()).toHaveLength(2);
    const withheld = await world.query(
      `select release_id, note from communications where key = 'readiness-review' and state = 'withheld'`,
    );
    expect(withheld).toEqual([{ release_id: releases[1], note: 'Not sent: the release was cancelled.' }]);
  });

  it.each([
    ['moved', `update timers set revision = revision + 1 where id = $1`],
    ['cancelled', `update timers set state = 'cancelled' where id = $1`],
    ['not due yet', `update timers set due_at = due_at + interval '1 minute' where id = $1`],
  ])('leave one alone whose timer is %s', async (_, change) => {
    world.clock.moveTo(first);
    const timers = await timersOf('readiness-review');
    await world.query(change, [timers[2]?.timerId]);
    await fire(timers);
    const rows = await world.query<{ release_id: string }>(
      `select release_id from deliveries where subject = 'readiness-review' order by seq`,
    );
    expect(rows.map((row) => row.release_id)).toEqual(releases.slice(0, 2));
  });

  it('give back what is no message: it is fired alone', async () => {
    const [poll] = await world.query<{ key: string; due_at: Date }>(
      `select key, due_at from communications where item ->> 'kind' = 'poll' order by due_at limit 1`,
    );
    if (!poll) throw new Error('there is no poll in the schedule');
    world.clock.moveTo(poll.due_at.getTime());
    const polls = await timersOf(poll.key);
    const messages = await timersOf('readiness-review');
    const mixed = [messages[0], polls[1], polls[2]].filter((timer) => timer !== undefined);
    expect(await fire(mixed)).toEqual([polls[1]?.timerId, polls[2]?.timerId]);
    expect(await world.query('select id from polls')).toEqual([]);
    const pending = await world.query<{ state: string }>(`select state from timers where id = any($1)`, [
      polls.map(({ timerId }) => timerId),
    ]);
    expect(pending.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
  });

  it('are all or none', async () => {
    world.clock.moveTo(first);
    const timers = await timersOf('readiness-review');
    const templates = new Map(world.services.templates);
    templates.delete('readiness-review');
    await expect(fire(timers, { ...world.services, templates })).rejects.toThrow('readiness-review');
    expect(await sent()).toEqual([]);
    expect(await fire(timers)).toEqual([]);
    expect(await sent()).toHaveLength(3);
  });
});
