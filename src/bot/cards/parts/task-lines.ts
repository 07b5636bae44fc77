import { type Block, bold } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { countdown, localDate } from '../../../core/card/local-date.ts';
import { roleTitle } from '../../../core/plan/roles.ts';
import { taskButtons } from '../../../core/tasks/task-buttons.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { listWords } from '../../../lib/list-words.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { lines, onOneLine } from './lines.ts';

/**
 * A task on a few lines, and its buttons below. `of`: what stands behind the title, such as the release; `why`: why its
 * reader is asked, in place of what makes it done.
 */
export function taskBlocks(
  release: Release,
  task: Task,
  { now, of, hasButtons, why = null }: { now: number; of?: string; hasButtons: boolean; why?: string | null },
): Block[] {
  const buttons = hasButtons && task.settledBy === 'people' ? taskButtons(task) : [];
  const title = line`${markOf(task, now)} ${bold(task.title)}${of === undefined ? '' : ` · ${of}`}`;
  return [
    ...lines(title, capitalLine(standingLine(release, task, now)), why ?? criteriaLine(task)),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
  ];
}

/** A task on one line, for a list. */
export function taskLine(release: Release, task: Task, now: number): Line {
  return line`${markOf(task, now)} ${task.title}: ${standingLine(release, task, now)}`;
}

function markOf({ state, dueAt, snoozedUntil }: Task, now: number): string {
  if (state === 'done') return '✅';
  if (state === 'not-applicable') return '➖';
  if (snoozedUntil !== null && snoozedUntil > now) return '💤';
  return dueAt <= now ? '🔴' : '⬜';
}

/** When it is due and who sees to it; or how it was settled. */
function standingLine(release: Release, task: Task, now: number): Line {
  const { zone } = release.plan.goLive;
  const at = (instant: number | null) => (instant === null ? '' : line`, ${localDate(instant, zone)}`);
  const by = task.settledByName === null ? '' : ` by ${task.settledByName}`;
  switch (task.state) {
    case 'done':
      return [...partsOf(line`done${by}${at(task.settledAt)}`), ...evidence(task)];
    case 'not-applicable':
      return line`not applicable${by}${at(task.settledAt)}: ${onOneLine(task.reason ?? '')}`;
    case 'open':
      return openLine(release, task, now);
  }
}

function openLine(release: Release, task: Task, now: number): Line {
  const { zone } = release.plan.goLive;
  const due = line`${task.dueAt <= now ? 'was due' : 'due'} ${countdown(task.dueAt, zone)}`;
  const snoozed =
    task.snoozedUntil !== null && task.snoozedUntil > now
      ? line`; ${task.snoozedByName ?? 'somebody'} put it off until ${localDate(task.snoozedUntil, zone)}`
      : '';
  return line`${due}, ${ownerWords(release, task)}${snoozed}`;
}

/** Who sees to it, or what settles it. */
function ownerWords(release: Release, { owner, settledBy }: Task): string {
  if (settledBy === 'decision') return 'settled by the go/no-go';
  if (settledBy === 'rollout') return 'settled by the rollout';
  const people = whoAnswersFor(release, owner).map(({ name }) => name);
  return people.length > 0 ? listWords(people) : roleTitle(owner);
}

/** A line of its own begins with a capital. */
function capitalLine(words: Line): Line {
  const [first, ...rest] = partsOf(words);
  return typeof first === 'string' ? [capitalize(first), ...rest] : words;
}

function evidence({ evidence: url }: Task): Exclude<Line, string> {
  return url === null ? [] : [' (', { type: 'link', url, text: 'evidence' }, ')'];
}

function partsOf(words: Line): Exclude<Line, string> {
  return typeof words === 'string' ? [words] : words;
}

function criteriaLine({ state, criteria }: Task): Line | null {
  return state === 'open' && criteria.length > 0 ? `Criteria: ${criteria.join('; ')}` : null;
}
