import { countWords } from '../../lib/count-words.ts';
import { describeDate, describeInstant } from '../calendar/describe-instant.ts';
import { resolveLocalTime } from '../calendar/local-time.ts';
import { isWeekend, localDate, nextWorkingDay } from '../calendar/working-days.ts';
import type { Plan } from '../plan/plan.ts';
import { appliesTo } from '../schedule/applies-to.ts';
import { DEFAULT_COMMUNICATIONS } from '../schedule/default-communications.ts';
import { deriveSchedule, instantOf } from '../schedule/derive-schedule.ts';
import { describeNowhere } from '../schedule/nowhere.ts';
import { resolveGoLive, resolveScheduleTime } from '../schedule/resolve-schedule-time.ts';
import { deriveMilestones } from '../timeline/derive-milestones.ts';

/** Something a release manager should know about a plan that is valid all the same. */
export interface PlanWarning {
  path: readonly (string | number)[];
  /** A whole sentence. */
  message: string;
}

/**
 * What is odd about a valid plan: weekends, clock changes at its times, communications that are past or reach nobody,
 * changes to what it does not have. `now`: epoch ms.
 */
export function planWarnings(plan: Plan, now?: number): PlanWarning[] {
  return [
    ...weekendWarnings(plan),
    ...goLiveClockChange(plan),
    ...itemClockChanges(plan),
    ...milestonesOutOfOrder(plan),
    ...pastItems(plan, now),
    ...idleChanges(plan),
    ...nowhereWarnings(plan),
  ];
}

/** When go-live is on a weekend, polls that are, too, go without saying: they move with it. */
function weekendWarnings({ goLive, goNoGo }: Plan): PlanWarning[] {
  const path = ['goLive', 'date'];
  if (isWeekend(goLive.date)) {
    const message = `Go-live is on a weekend, ${describeDay(goLive.date)}. ${nextDay(goLive.date)}`;
    return [{ path, message }];
  }
  return goNoGo.polls.flatMap(({ key, kind, opens, closes }) => {
    const [first] = [
      { verb: 'opens', at: opens },
      // A readiness check may end over a weekend: it decides nothing.
      ...(kind === 'decision' ? [{ verb: 'closes', at: closes }] : []),
    ].flatMap(({ verb, at }) => {
      const { instant } = resolveScheduleTime(at, goLive);
      return isWeekend(localDate(instant, goLive.zone)) ? [{ verb, instant }] : [];
    });
    if (!first) return [];
    const { verb, instant } = first;
    const when = describeInstant(instant, goLive.zone);
    const next = nextDay(localDate(instant, goLive.zone));
    const advice = 'Move go-live, or the poll under goNoGo.polls.';
    return [{ path, message: `The poll ${key} ${verb} on a weekend, ${when}. ${next} ${advice}` }];
  });
}

function nextDay(date: string): string {
  return `The next working day is ${describeDay(nextWorkingDay(date))}; I don't know about public holidays.`;
}

function describeDay(date: string): string {
  return describeDate(resolveLocalTime(date, 0, '12:00', 'UTC').instant, 'UTC');
}

function goLiveClockChange({ goLive }: Plan): PlanWarning[] {
  const { instant, note } = resolveGoLive(goLive);
  const said = `${goLive.date} ${goLive.time} in ${goLive.zone}`;
  const path = ['goLive', 'time'];
  if (note === 'skipped') {
    const taken = describeInstant(instant, goLive.zone);
    return [{ path, message: `The clocks skip ${said}; go-live is the first instant after it, ${taken}.` }];
  }
  if (note === 'repeated') {
    return [
      { path, message: `${said} comes twice, because the clocks go back; go-live is the first of the two.` },
    ];
  }
  return [];
}

function itemClockChanges(plan: Plan): PlanWarning[] {
  return deriveSchedule(plan).flatMap((item) => {
    if (item.clockChange === 'exact') return [];
    const path = ['communications'];
    const what =
      item.clockChange === 'skipped'
        ? `is planned for a time that the clocks skip; it goes out at ${item.localTime}, right after.`
        : `is planned for a time that comes twice; it goes out at the first, ${item.localTime}.`;
    return [{ path, message: `${item.title} (${item.key}) ${what}` }];
  });
}

/** The critical ones by themselves fall as they may: their dates follow from the phases and the polls. */
function milestonesOutOfOrder(plan: Plan): PlanWarning[] {
  const milestones = deriveMilestones(plan);
  return milestones.flatMap(({ key, title, dueOn, after, origin }) => {
    const later = milestones.find(
      (other) =>
        after.includes(other.key) &&
        other.dueOn > dueOn &&
        (origin !== 'default' || other.origin !== 'default'),
    );
    if (later === undefined) return [];
    const message = `${title} (${key}) is due on ${describeDay(dueOn)}, but comes after ${later.title} (${later.key}), which is due on ${describeDay(later.dueOn)}.`;
    return [{ path: ['milestones'], message }];
  });
}

function pastItems(plan: Plan, now: number | undefined): PlanWarning[] {
  if (now === undefined) return [];
  const past = deriveSchedule(plan).filter((item) => instantOf(item) <= now);
  if (past.length === 0) return [];
  const names = past.map((item) => `${item.label} ${item.key}`).join(', ');
  const verb = past.length === 1 ? 'has' : 'have';
  const message = `The ${verb === 'has' ? 'time' : 'times'} of ${countWords(past.length, 'communication')} ${verb} passed: ${names}.`;
  return [{ path: ['goLive'], message }];
}

/** What is changed or dropped although the release, being what it is, does not have it. */
function idleChanges(plan: Plan): PlanWarning[] {
  const { change, drop } = plan.communications;
  const named = [
    ...Object.keys(change).map((key) => ({ key, path: ['communications', 'change', key] })),
    ...drop.map((key, index) => ({ key, path: ['communications', 'drop', index] })),
  ];
  return named.flatMap(({ key, path }) => {
    const item = DEFAULT_COMMUNICATIONS.find((one) => one.key === key);
    if (item === undefined || appliesTo(item, plan)) return [];
    const what = `A ${plan.type} release with stakeholders ${plan.stakeholders}`;
    return [{ path, message: `${what} has no ${key}, so this changes nothing.` }];
  });
}

function nowhereWarnings(plan: Plan): PlanWarning[] {
  return describeNowhere(deriveSchedule(plan)).map((message) => ({ path: ['channels'], message }));
}
