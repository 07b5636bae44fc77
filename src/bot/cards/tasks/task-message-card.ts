import { showDraftButton } from '../../../core/approval/draft-buttons.ts';
import { type Block, bold, type Card, command, note, paragraph } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { countdown } from '../../../core/card/local-date.ts';
import type { Draft } from '../../../db/queries/drafts.ts';
import type { OpenBallot } from '../../../db/queries/home.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Task, TaskMessage } from '../../../db/queries/tasks.ts';
import { countWords } from '../../../lib/count-words.ts';
import { listWords } from '../../../lib/list-words.ts';
import { ownersOf, tierOf } from '../../../services/tasks/own-tasks.ts';
import { mayChangeTask } from '../../../services/tasks/who-does.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';
import { checklistEntryBlocks, groupTasks, type TaskEntry } from '../parts/task-groups.ts';
import { taskBlocks } from '../parts/task-lines.ts';

/** So many tasks have buttons, and so many drafts: a message of Slack has no room for more. */
const maxTasks = 8;
const maxDrafts = 3;

/** A message that customers read, with its release. */
interface WaitingDraft {
  release: Release;
  draft: Draft;
}

/** What waits for somebody and has a card of its own. */
export interface WaitingElsewhere {
  ballots: readonly OpenBallot[];
  drafts: readonly WaitingDraft[];
}

interface View {
  message: TaskMessage;
  releases: readonly Release[];
  tasks: readonly Task[];
  elsewhere: WaitingElsewhere;
  /** Epoch ms. */
  now: number;
}

/** A reminder or a digest: what waits for somebody, what is due today, what this week; each task as it is now. */
export function taskMessageCard(view: View): Card {
  const { agenda } = view.message;
  const [waiting, today, week] = [agenda.waiting, agenda.today, agenda.week].map((ids) =>
    entriesOf(view, ids),
  );
  const inOrder = [...(waiting ?? []), ...(today ?? []), ...(week ?? [])];
  const shown = inOrder.slice(0, maxTasks);
  const part = (entries: readonly TaskEntry[] = []) =>
    entries.filter((entry) => shown.includes(entry)).flatMap((entry) => entryBlocks(view, entry));
  const headline = headlineOf(view);
  const left = inOrder.slice(maxTasks).flatMap(({ tasks }) => tasks);
  return {
    summary: headline,
    blocks: [
      { type: 'header', text: headline },
      ...section('Waiting for you', [...elsewhereBlocks(view.elsewhere), ...part(waiting)]),
      ...section('Today', part(today)),
      ...section('This week', part(week)),
      ...(left.length > 0 ? [more(view, left.length)] : []),
    ],
  };
}

function headlineOf({ message: { kind, agenda }, tasks, elsewhere }: View): string {
  const count = agenda.waiting.length + elsewhere.ballots.length + elsewhere.drafts.length;
  const [only, ...others] = tasks;
  if (kind === 'reminder') {
    if (only && others.length === 0) return `📌 ${only.title}`;
    return `📌 ${countWords(tasks.length, 'task')} to see to`;
  }
  const parts = [
    ...(count > 0 ? [`${count} waiting for you`] : []),
    ...(agenda.today.length > 0 ? [`${agenda.today.length} due today`] : []),
    ...(agenda.week.length > 0 ? [`${agenda.week.length} due this week`] : []),
  ];
  return `☀️ ${parts.length > 0 ? listWords(parts) : 'Nothing is waiting for you any more'}`;
}

function section(title: string, blocks: Block[]): Block[] {
  return blocks.length === 0 ? [] : [paragraph(bold(title)), ...blocks];
}

/** A task by itself, or the items of a checklist together. */
function entriesOf({ message, releases, tasks }: View, ids: readonly string[]): TaskEntry[] {
  const found = ids.flatMap((id) => {
    const task = tasks.find((each) => each.id === id);
    const release = task && releases.find((each) => each.id === task.releaseId);
    if (!task || !release) return [];
    return [{ release, task, why: whyAsked(release, task, message.personId) }];
  });
  return groupTasks(found);
}

function entryBlocks({ message: { personId }, now }: View, entry: TaskEntry): Block[] {
  const { release, tasks, why } = entry;
  const [task, ...others] = tasks;
  const of = `${releaseName(release)} (${release.key})`;
  const hasButtons = release.state !== 'cancelled' && mayChangeTask(release, task, personId);
  if (others.length > 0) return checklistEntryBlocks(entry, { now, of, hasButtons });
  return taskBlocks(release, task, { now, of, hasButtons, why: task.state === 'open' ? why : null });
}

/** Why somebody is asked for what is not theirs at first. */
function whyAsked(release: Release, task: Task, personId: string): string | null {
  const owners = listWords(ownersOf(release, task).map(({ name }) => name));
  switch (tierOf(release, task, personId)) {
    case 'backup':
      return `${owners} has not done it, and you are the backup. Please see to it.`;
    case 'release-manager':
      return `${owners} has not done it. Please see that it gets done, or say that it is not applicable.`;
    default:
      return null;
  }
}

function elsewhereBlocks({ ballots, drafts }: WaitingElsewhere): Block[] {
  return [
    ...lines(...ballots.map(ballotLine)),
    ...drafts.slice(0, maxDrafts).flatMap(draftBlocks),
    ...(drafts.length > maxDrafts
      ? [note(`… and ${drafts.length - maxDrafts} more messages to approve.`)]
      : []),
  ];
}

function ballotLine({ kind, releaseKey, closesAt, zone }: OpenBallot): Line {
  const asked = kind === 'readiness' ? 'Ready?' : 'Go or no-go?';
  return line`🗳️ ${bold(`${asked} ${releaseKey}`)} Your vote is missing. Voting closes ${countdown(closesAt, zone)}.`;
}

function draftBlocks({ release, draft }: WaitingDraft): Block[] {
  const { item } = draft;
  const due: Line =
    item.dueAt === null ? item.localTime : line`${countdown(item.dueAt, release.plan.goLive.zone)}`;
  return [
    ...lines(line`📝 ${bold(`Approve? ${item.title}`)} · ${releaseName(release)}. Due ${due}`),
    { type: 'actions', buttons: [showDraftButton(draft.id, 'Show and decide')] },
  ];
}

function more({ releases }: View, count: number): Block {
  const [release] = releases;
  const list = command('release', release ? `tasks ${release.key}` : 'tasks');
  return note(line`… and ${countWords(count, 'more task')}: ${list}.`);
}
