import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { fireDueTimers } from '../../../src/jobs/timers/fire-timers.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { fireTimer } from '../../../src/services/timer/fire-timer.ts';
import { tapDatabase } from '../../support/tap-database.ts';
import { openWorld, personIdOf, type World } from '../../support/test-services.ts';
import { accepted, auditOf, outboxOf, planRelease, playUntil, withoutReminders } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
  await withoutReminders(world);
});
afterEach(() => world.close());

/** When the first item is due: T-14 at 10:00 in Amsterdam. */
const first = '2030-06-04T08:00:00Z';
interface TimerRow {
  id: string;
  revision: number;
  state: string;
}
const firstTimer = async () => {
  const [row] = await world.query<TimerRow>('select id, revision, state from timers order by due_at limit 1');
  if (!row) throw new Error('there is no timer');
  return row;
};
const fire = async (timer: TimerRow) => {
  const input = { timerId: timer.id, releaseId, revision: timer.revision };
  return accepted(await fireTimer({ ctx: asSystem(world.services), input })).fired;
};
const sent = async () =>
  (await auditOf(world, releaseId)).filter((event) => event.action === 'communication.sent');

describe('a due timer', () => {
  it('does what it is for, once', async () => {
    world.clock.moveTo(first);
    const timer = await firstTimer();
    expect(await fire(timer)).toBe(true);
    expect(await fire(timer)).toBe(false);
    expect(await outboxOf(world)).toEqual(['planned', 'readiness-review']);
  });

  it('does it once when fired many times at the same moment', async () => {
    world.clock.moveTo(first);
    const timer = await firstTimer();
    const fired = await Promise.all(Array.from({ length: 8 }, () => fire(timer)));
    expect(fired.filter(Boolean)).toHaveLength(1);
    expect(await sent()).toHaveLength(1);
  });

  it('does nothing before its instant', async () => {
    world.clock.moveTo(Date.parse(first) - 1);
    expect(await fire(await firstTimer())).toBe(false);
    expect(await outboxOf(world)).toEqual(['planned']);
  });

  it('that was moved does nothing for the old revision, and fires at its new instant', async () => {
    const timer = await firstTimer();
    await world.query(
      `update timers set revision = revision + 1, due_at = due_at + interval '1 hour' where id = $1`,
      [timer.id],
    );
    world.clock.moveTo(first);
    expect(await fire(timer)).toBe(false);
    expect(await fire({ ...timer, revision: timer.revision + 1 })).toBe(false);
    world.clock.moveBy(3_600_000);
    expect(await fire(timer)).toBe(false);
    expect(await fire({ ...timer, revision: timer.revision + 1 })).toBe(true);
  });

  it('that was cancelled does nothing', async () => {
    const timer = await firstTimer();
    await world.query(`update timers set state = 'cancelled' where id = $1`, [timer.id]);
    world.clock.moveTo(first);
    expect(await fire(timer)).toBe(false);
    await playUntil(world, first);
    expect(await outboxOf(world)).toEqual(['planned']);
  });

  it('of an unknown release does nothing', async () => {
    world.clock.moveTo(first);
    const input = {
      timerId: (await firstTimer()).id,
      releaseId: '99999999-9999-4999-8999-999999999999',
      revision: 1,
    };
    const result = await fireTimer({ ctx: asSystem(world.services), input });
    expect(accepted(result).fired).toBe(false);
  });
});

describe('a timer of a person', () => {
  const ofSam = async () => {
    const [row] = await world.query<TimerRow>(
      `select id, revision, state from timers where release_id is null and subject_id = $1 and state = 'pending'`,
      [personIdOf('sam')],
    );
    if (!row) throw new Error('Sam has no timer');
    return row;
  };
  const fireOf = async (timer: TimerRow, ofRelease: string | null) => {
    const input = { timerId: timer.id, releaseId: ofRelease, revision: timer.revision };
    return fireTimer({ ctx: asSystem(world.services), input });
  };
  beforeEach(async () => {
    await planRelease(world, { release: 'app-1.0' });
    world.clock.moveTo('2030-06-04T07:00:00Z');
  });

  it('fires without a release, once, and is followed by the next one', async () => {
    const timer = await ofSam();
    expect(accepted(await fireOf(timer, null)).fired).toBe(true);
    expect(accepted(await fireOf(timer, null)).fired).toBe(false);
    expect((await ofSam()).id).not.toBe(timer.id);
  });

  it('is not taken for one of a release', async () => {
    const timer = await ofSam();
    await expect(fireOf(timer, releaseId)).rejects.toThrow('has no release');
    expect(await ofSam()).toEqual(timer);
  });
});

describe('all due timers', () => {
  it('fire exactly once when two processes fire them at the same moment', async () => {
    world.clock.moveTo('2030-06-26T00:00:00Z');
    await Promise.all([fireDueTimers(world.jobs), fireDueTimers(world.jobs), fireDueTimers(world.jobs)]);
    const settled = (await auditOf(world, releaseId)).filter((event) =>
      event.action.startsWith('communication.'),
    );
    const keys = settled.map((event) => event.details.key);
    expect(keys).toHaveLength(new Set(keys).size);
    const withInstant = deriveSchedule(world.plan).filter((item) => item.dueAt !== null);
    expect([...keys].sort()).toEqual(withInstant.map((item) => item.key).sort());
    // A poll that was opened as late as this is closed in the next round.
    await fireDueTimers(world.jobs);
    expect(await world.query(`select kind from timers where state = 'pending'`)).toEqual([]);
  });

  it('of one release fire in the order in which they are due', async () => {
    await playUntil(world, '2030-06-26T00:00:00Z');
    const settled = (await auditOf(world, releaseId)).filter((event) =>
      event.action.startsWith('communication.'),
    );
    const planned = deriveSchedule(world.plan).filter((item) => item.dueAt !== null);
    expect(settled.map((event) => event.details.key)).toEqual(planned.map((item) => item.key));
  });

  it('tells how many it found', async () => {
    world.clock.moveTo(Date.parse(first) - 1);
    expect(await fireDueTimers(world.jobs)).toBe(0);
    world.clock.moveTo('2030-06-04T23:00:00Z');
    expect(await fireDueTimers(world.jobs)).toBe(3);
    expect(await fireDueTimers(world.jobs)).toBe(0);
  });

  it('fires none once the process is stopping', async () => {
    world.clock.moveTo(first);
    const stopping = AbortSignal.abort();
    await fireDueTimers({ ...world.jobs, stopping });
    expect(await outboxOf(world)).toEqual(['planned']);
  });
});

describe('a timer that fails', () => {
  /** The text of the first item can't be rendered. */
  const broken = () => {
    const { templates: all } = world.services;
    const get = (name: string) => {
      if (name === 'readiness-review') throw new Error('readiness-review is broken');
      return all.get(name);
    };
    return { ...mended(), templates: { ...all, get } };
  };
  /** However late a message is, nobody is asked. */
  const mended = () => ({ ...world.jobs, latenessMs: Number.POSITIVE_INFINITY });

  it('is tried again later, and what comes after it in the release waits', async () => {
    world.clock.moveTo('2030-06-04T23:00:00Z');
    await fireDueTimers(broken());
    const [row] = await world.query('select attempts, error, state from timers order by due_at limit 1');
    expect(row).toMatchObject({
      attempts: 1,
      state: 'pending',
      error: expect.stringContaining('readiness-review'),
    });
    expect(await outboxOf(world)).toEqual(['planned']);
    await fireDueTimers(broken());
    expect(await outboxOf(world)).toEqual(['planned']);
    world.wall.now += 60_000;
    await fireDueTimers(mended());
    expect(await outboxOf(world)).toEqual([
      'planned',
      'readiness-review',
      'stakeholder-notification',
      'customer-communication-draft',
    ]);
  });

  it.each([
    ['done by another process', () => fireDueTimers(world.jobs)],
    ['cancelled', () => world.query(`update timers set state = 'cancelled', revision = revision + 1`)],
    [
      'moved',
      () => world.query(`update timers set due_at = due_at + interval '2 days', revision = revision + 1`),
    ],
  ])('but was %s meanwhile is left as it is, and not said to be tried again', async (_, meanwhile) => {
    world.clock.moveTo(first);
    const timers = () => world.query('select id, state, attempts, not_before, error from timers order by id');
    const logged: string[] = [];
    const note = (_details: object, message: string) => void logged.push(message);
    let before: object[] = [];
    const db = tapDatabase(world.services.db, async (statement, run) => {
      if (/update .*timers.* set .*attempts/.test(statement)) {
        await meanwhile();
        before = await timers();
      }
      return run();
    });
    const log = { info: note, warn: note, error: note };
    await fireDueTimers({ ...broken(), log, db });
    expect(before).not.toEqual([]);
    expect(await timers()).toEqual(before);
    expect(logged).toEqual(['a timer failed; meanwhile it was done, moved or cancelled']);
  });

  it('does not hold up another release', async () => {
    const other = {
      ...world.plan,
      communications: { ...world.plan.communications, drop: ['readiness-review'] },
    };
    await planRelease(world, { ...other, release: 'app-1.0' });
    await withoutReminders(world);
    world.clock.moveTo('2030-06-04T23:00:00Z');
    await fireDueTimers(broken());
    expect(await outboxOf(world)).toEqual([
      'planned',
      'planned',
      'stakeholder-notification',
      'customer-communication-draft',
    ]);
  });

  it('that fails again and again holds up the release no longer', async () => {
    world.clock.moveTo('2030-06-04T23:00:00Z');
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await fireDueTimers(broken());
      world.wall.now += 120_000;
    }
    await fireDueTimers(broken());
    expect(await outboxOf(world)).toEqual([
      'planned',
      'stakeholder-notification',
      'customer-communication-draft',
    ]);
  });
});
