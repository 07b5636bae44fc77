import { type Block, type Card, command, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import { countWords } from '../../../lib/count-words.ts';
import { rolesAnsweredBy } from '../../../services/kernel/stand-ins.ts';
import { mayChangeTask } from '../../../services/tasks/who-does.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';
import { taskBlocks, taskLine } from '../parts/task-lines.ts';

/** So many have buttons: with more, a message of Slack has no room for what the last buttons are about. */
const maxWithButtons = 10;
/** So many lines are listed below them. */
const maxListed = 30;

/** For whom the tasks of a release are shown, and whether with buttons for all that they may change. */
interface Viewer {
  personId: string | null;
  now: number;
  all: boolean;
}

/** The tasks of a release but for its checklists: those of whoever asks first, with buttons; then everybody else's. */
export function tasksCard(release: Release, tasks: readonly Task[], viewer: Viewer): Card {
  const { now } = viewer;
  const open = tasks.filter(({ state, checklist }) => state === 'open' && checklist === null);
  const own = rolesAnsweredBy(release, viewer.personId);
  const isMine = (task: Task) =>
    task.settledBy === 'people' &&
    (viewer.all ? mayChangeTask(release, task, viewer.personId) : own.includes(task.owner));
  const mine = open.filter(isMine);
  const shown = mine.slice(0, maxWithButtons);
  // What is settled can be opened again where all are shown.
  const room = maxWithButtons - shown.length;
  const settled = tasks.filter(({ state, checklist }) => state !== 'open' && checklist === null);
  const reopenable = viewer.all ? settled.filter(isMine).slice(0, room) : [];
  const others = [...open, ...settled].filter((task) => !shown.includes(task) && !reopenable.includes(task));
  const summary = `Tasks of ${release.key}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: `☑️ ${releaseName(release)}: ${countWords(open.length, 'open task')}` },
      ...mineBlocks(release, { shown, more: mine.length - shown.length }, viewer),
      ...reopenable.flatMap((task) => taskBlocks(release, task, { now, hasButtons: true })),
      ...(others.length > 0 ? [{ type: 'divider' as const }] : []),
      ...lines(...others.slice(0, maxListed).map((task) => taskLine(release, task, now))),
      ...(others.length > maxListed ? [note(`… and ${others.length - maxListed} more.`)] : []),
      ...checklistHint(release, tasks),
      ...hint(release, viewer),
    ],
  };
}

function mineBlocks(
  release: Release,
  { shown, more }: { shown: readonly Task[]; more: number },
  { now, personId, all }: Viewer,
): Block[] {
  const hasRole = release.people.some((person) => person.personId === personId);
  const none = hasRole && !all ? [note('None of them is yours.')] : [];
  return [
    ...(shown.length === 0
      ? none
      : shown.flatMap((task) => taskBlocks(release, task, { now, hasButtons: true }))),
    ...(more > 0
      ? [note(`… and ${more} more of yours. They come in sight as you tick the first ones.`)]
      : []),
  ];
}

/** The items of checklists have a list of their own. */
function checklistHint({ key }: Release, tasks: readonly Task[]): Block[] {
  const items = tasks.filter(({ checklist }) => checklist !== null);
  if (items.length === 0) return [];
  const settled = items.filter(({ state }) => state !== 'open').length;
  return [
    note(
      line`Checklists: ${settled} of ${countWords(items.length, 'item')} settled. ${command('release', `check ${key}`)}`,
    ),
  ];
}

function hint({ key, people }: Release, { personId, all }: Viewer): Block[] {
  const hasRole = people.some((person) => person.personId === personId);
  if (all || !hasRole) return [];
  return [note(line`Buttons for all that you may change: ${command('release', `tasks ${key} all`)}.`)];
}
