import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agendaAt, nextAgendaAt, type OwnTask } from '../../../src/core/tasks/person-agenda.ts';
import type { Tier } from '../../../src/core/tasks/reminders.ts';

const minute = 60_000;
const hour = 60;
const day = 24 * hour;
/** A Monday, 00:00 UTC. */
const start = Date.parse('2030-06-03T00:00:00Z');
const lastMinute = 16 * day;
const digest = { time: '09:00', zone: 'UTC' };
const lateMs = 2 * hour * minute;

/** A task in minutes from the start. */
interface ModelTask {
  id: string;
  tier: Tier;
  due: number;
  goLive: number;
  snoozedUntil: number | null;
  isDone: boolean;
}

type Act =
  | { at: number; kind: 'done' | 'reopen'; index: number }
  | { at: number; kind: 'snooze'; index: number; minutes: number }
  | { at: number; kind: 'move'; minutes: number }
  | { at: number; kind: 'hand-over'; index: number; tier: Tier };

interface Heard {
  at: number;
  kind: string;
  ids: string[];
}

const tier = fc.constantFrom<Tier>('owner', 'backup', 'release-manager');
const index = fc.nat(3);
const tasks = fc
  .array(fc.record({ tier, beforeGoLive: fc.integer({ min: -2 * day, max: 8 * day }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) =>
    all.map(
      (task, position): ModelTask => ({
        ...{ id: `task-${position}`, tier: task.tier, goLive: 10 * day + 10 * hour },
        ...{ due: 10 * day + 10 * hour - task.beforeGoLive, snoozedUntil: null, isDone: false },
      }),
    ),
  );
const at = fc.integer({ min: 1, max: lastMinute - 1 });
const acts = fc
  .array(
    fc.oneof(
      fc.record({ at, kind: fc.constantFrom('done' as const, 'reopen' as const), index }),
      fc.record({
        at,
        kind: fc.constant('snooze' as const),
        index,
        minutes: fc.integer({ min: 1, max: 3 * day }),
      }),
      fc.record({
        at,
        kind: fc.constant('move' as const),
        minutes: fc.integer({ min: -3 * day, max: 3 * day }),
      }),
      fc.record({ at, kind: fc.constant('hand-over' as const), index, tier }),
    ),
    { maxLength: 10 },
  )
  .map((all) => all.toSorted((one, other) => one.at - other.at));

function apply(all: ModelTask[], act: Act): ModelTask[] {
  return all.map((task, position) => {
    if (act.kind === 'move')
      return { ...task, due: task.due + act.minutes, goLive: task.goLive + act.minutes };
    if (position !== act.index) return task;
    if (act.kind === 'hand-over') return { ...task, tier: act.tier };
    if (act.kind === 'snooze') return { ...task, snoozedUntil: act.at + act.minutes };
    return { ...task, isDone: act.kind === 'done', snoozedUntil: null };
  });
}

/** As the product does it: it wakes at the instants that it is told, and after each change. */
function heardByWaking(first: ModelTask[], sequence: readonly Act[]): Heard[] {
  const heard: Heard[] = [];
  let model = first;
  let after = 0;
  const own = (): OwnTask[] =>
    model
      .filter(({ isDone }) => !isDone)
      .map(({ id, tier: as, due, goLive, snoozedUntil }) => ({
        ...{ id, tier: as, dueAt: start + due * minute, goLiveAt: start + goLive * minute },
        snoozedUntil: snoozedUntil === null ? null : start + snoozedUntil * minute,
      }));
  const next = (from: number) =>
    (nextAgendaAt(own(), { after: start + from * minute, digest }) - start) / minute;
  let wake = next(0);
  const wakeUntil = (end: number) => {
    for (; wake <= end; wake = next(wake)) {
      const now = start + wake * minute;
      const said = agendaAt(own(), { after: start + after * minute, now, lateMs, digest });
      if (said) heard.push({ at: wake, kind: said.kind, ids: Object.values(said.agenda).flat().sort() });
      after = wake;
    }
  };
  for (const act of sequence) {
    wakeUntil(act.at);
    model = apply(model, act);
    after = act.at;
    wake = Math.min(wake, next(act.at));
  }
  wakeUntil(lastMinute);
  return heard;
}

/** As it is meant: every minute is looked at, and nothing is remembered. */
function heardByLooking(first: ModelTask[], sequence: readonly Act[]): Heard[] {
  const heard: Heard[] = [];
  let model = first;
  for (let now = 1; now <= lastMinute; now += 1) {
    const isDigest = now % day === 9 * hour && Math.floor(now / day) % 7 < 5;
    const said = model.filter(
      (task) => !task.isDone && (isDigest ? inDigest(task, now) : isReminded(task, now)),
    );
    const ids = said.map(({ id }) => id).sort();
    if (ids.length > 0) heard.push({ at: now, kind: isDigest ? 'digest' : 'reminder', ids });
    for (const act of sequence) if (act.at === now) model = apply(model, act);
  }
  return heard;
}

const isNear = ({ due, goLive }: ModelTask) => Math.abs(due - goLive) <= day;
const base = ({ due, snoozedUntil }: ModelTask) => Math.max(due, snoozedUntil ?? due);
const patience = {
  near: { backup: hour, 'release-manager': 2 * hour },
  far: { backup: day, 'release-manager': 2 * day },
};

function inDigest(task: ModelTask, now: number): boolean {
  if (task.snoozedUntil !== null && now < task.snoozedUntil) return false;
  if (task.tier === 'owner') return task.due <= now + 7 * day;
  return now >= base(task) + patience[isNear(task) ? 'near' : 'far'][task.tier];
}

function isReminded(task: ModelTask, now: number): boolean {
  if (task.snoozedUntil !== null && now < task.snoozedUntil) return false;
  if (task.tier === 'owner' && now === task.snoozedUntil) return true;
  if (!isNear(task)) return false;
  if (task.tier !== 'owner') return now === base(task) + patience.near[task.tier];
  return now === base(task) || now === base(task) - 4 * hour;
}

describe('who is asked when', () => {
  it('is what somebody who looks every minute would say, whatever happens in between', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(tasks, acts, (first, sequence) => {
        expect(heardByWaking(first, sequence)).toEqual(heardByLooking(first, sequence));
      }),
      { numRuns: 60 },
    );
  });

  it('is nobody twice at one time, and nobody after it is done', () => {
    fc.assert(
      fc.property(tasks, acts, (first, sequence) => {
        const heard = heardByWaking(first, sequence);
        expect(new Set(heard.map((one) => one.at)).size).toBe(heard.length);
        for (const [position, { id }] of first.entries()) {
          const ofTask = sequence.filter((act) => 'index' in act && act.index === position);
          const last = ofTask.findLast(({ kind }) => kind === 'done' || kind === 'reopen');
          if (last?.kind !== 'done') continue;
          expect(heard.filter((one) => one.at > last.at && one.ids.includes(id))).toEqual([]);
        }
      }),
    );
  });

  it('is the same as ever when go-live moves and is moved back', () => {
    fc.assert(
      fc.property(tasks, at, fc.integer({ min: -9 * day, max: 9 * day }), (first, moment, minutes) => {
        const there = { at: moment, kind: 'move' as const, minutes };
        const back = { ...there, minutes: -minutes };
        expect(heardByWaking(first, [there, back])).toEqual(heardByWaking(first, []));
      }),
    );
  });
});

describe('the digest', () => {
  const task = (dueInHours: number, as: Tier = 'owner'): OwnTask => ({
    ...{ id: `in ${dueInHours} h`, tier: as, goLiveAt: start + 60 * day * minute, snoozedUntil: null },
    dueAt: start + (9 + dueInHours) * hour * minute,
  });
  const nine = { after: start, now: start + 9 * hour * minute, lateMs, digest };

  it('tells apart what waits, what is due today and this week, and leaves out what is further off', () => {
    const all = [task(-20), task(8), task(48), task(200), task(-30, 'backup'), task(-3, 'backup')];
    expect(agendaAt(all, nine)).toEqual({
      kind: 'digest',
      agenda: { waiting: ['in -30 h', 'in -20 h'], today: ['in 8 h'], week: ['in 48 h'] },
    });
  });

  it('is silent with nothing to say', () => {
    expect(agendaAt([task(200), task(3, 'release-manager')], nine)).toBeNull();
  });

  it('does not come hours late: the next morning says it all', () => {
    const late = (hours: number) => agendaAt([task(8)], { ...nine, now: nine.now + hours * hour * minute });
    expect(late(2)?.kind).toBe('digest');
    expect(late(2.1)).toBeNull();
  });
});
