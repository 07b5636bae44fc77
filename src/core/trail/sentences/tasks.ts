import { listWords } from '../../../lib/list-words.ts';
import { recordsOf, textOf } from '../../audit/read-details.ts';
import type { TrailEvent } from '../../audit/trail-event.ts';
import { line } from '../../card/line.ts';
import {
  because,
  type EventKinds,
  instantWords,
  onRecord,
  plain,
  step,
  type TrailNames,
} from '../sentence.ts';

/** What the plan gives people to do. */
export const taskEvents = {
  'task.done': onRecord((event, names) => ({
    says: `ticked ${taskOf(event, names)}`,
    evidence: given(event.details.evidence),
  })),
  'task.not_applicable': onRecord(
    (event, names) => `said that ${taskOf(event, names)} is not applicable${because(event.details.reason)}`,
  ),
  'task.reopened': onRecord((event, names) => ({
    says: `opened ${taskOf(event, names)} again`,
    evidence: given(event.details.evidence),
  })),
  'task.snoozed': step((event, names) => {
    const until = instantWords(event.details.until, names.zone);
    const when = until === null ? '' : line` until ${until}`;
    return line`put off ${taskOf(event, names)}${when}`;
  }),
  'tasks.reminded': step(({ details }, { task }) => {
    const due = recordsOf(details.tasks).map(({ key }) => `"${task(plain(key))}"`);
    return `reminded ${textOf(details.to) ?? 'somebody'} of ${listWords(due)}`;
  }),
} satisfies EventKinds;

function taskOf({ details }: TrailEvent, { task }: TrailNames): string {
  return `"${task(textOf(details.key) ?? 'a task')}"`;
}

function given(evidence: unknown): string[] {
  const text = textOf(evidence);
  return text === undefined ? [] : [text];
}
