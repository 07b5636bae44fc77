import * as z from 'zod';
import { localDate as dateIn, nextWorkingDay } from '../../../core/calendar/working-days.ts';
import { paragraph } from '../../../core/card/card.ts';
import type { Form, FormOutcome, FormValues } from '../../../core/card/form.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import type { Result } from '../../../services/kernel/result.ts';
import type { ChangedTask } from '../../../services/tasks/load-task.ts';
import { markTaskDone, markTaskNotApplicable } from '../../../services/tasks/settle-task.ts';
import { snoozeTask } from '../../../services/tasks/snooze-task.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { readUntil, untilInputs } from '../until-inputs.ts';

const outcomes = ['snooze', 'done', 'not-applicable'] as const;

/** What a form brings back that was opened on a task. */
const taskMetadata = z.object({ taskId: z.string(), zone: z.string() });
type TaskMetadata = z.infer<typeof taskMetadata>;

/** Asks what becomes of a task: later, done with evidence, or not applicable. `now`: epoch ms. */
export function changeTaskForm({ taskId, title, releaseKey, zone }: ChangedTask, now: number): Form {
  const [until, time] = untilInputs(zone, { date: nextWorkingDay(dateIn(now, zone)), time: '09:00' });
  return {
    name: 'change-task',
    title: 'A task',
    submit: 'Save',
    cancel: 'Cancel',
    metadata: { taskId, zone },
    body: [
      paragraph(`“${title}” of ${releaseKey}`),
      {
        type: 'input',
        kind: 'select',
        name: 'outcome',
        label: 'What should happen?',
        options: [
          { value: 'snooze', label: 'Remind me later' },
          { value: 'done', label: 'It is done' },
          { value: 'not-applicable', label: 'It is not applicable' },
        ],
        initial: 'snooze',
      },
      ...[until, time].flatMap((input) =>
        input?.type === 'input' ? [{ ...input, optional: true, hint: 'For “Remind me later”.' }] : [],
      ),
      {
        type: 'input',
        kind: 'text',
        name: 'evidence',
        label: 'Link to the evidence',
        hint: 'For “It is done”, if there is any.',
        optional: true,
        maxLength: 2000,
      },
      {
        type: 'input',
        kind: 'text',
        name: 'reason',
        label: 'Why is it not applicable?',
        hint: 'Everybody who looks at the task sees it.',
        optional: true,
        multiline: true,
        maxLength: 3000,
      },
    ],
  };
}

export const form = defineForm({
  name: 'change-task',
  metadata: taskMetadata,
  run: async ({ ctx, values, metadata }) => {
    const outcome = z.enum(outcomes).safeParse(values.outcome);
    if (!outcome.success) return { kind: 'errors', errors: { outcome: 'Choose one of the three.' } };
    return change[outcome.data](ctx, values, metadata);
  },
});

type Change = (ctx: Ctx, values: FormValues, metadata: TaskMetadata) => Promise<FormOutcome>;

const change: Record<(typeof outcomes)[number], Change> = {
  snooze: async (ctx, values, { taskId, zone }) => {
    const until = readUntil(values, zone);
    if (until === null) return { kind: 'errors', errors: { until: 'Choose when to be reminded.' } };
    return outcomeOf(await snoozeTask({ ctx, input: { taskId, until } }), 'until', (task) => ({
      title: 'Put off',
      sentence: line`I'll remind you of “${task.title}” ${localDate(task.until, zone)}.`,
    }));
  },
  done: async (ctx, { evidence }, { taskId }) => {
    const input = { taskId, evidence: evidence?.trim() || null };
    return outcomeOf(await markTaskDone({ ctx, input }), 'evidence', ({ title, releaseKey }) => ({
      title: 'Done',
      sentence: `“${title}” of ${releaseKey} is done.`,
    }));
  },
  'not-applicable': async (ctx, { reason }, { taskId }) => {
    const input = { taskId, reason: reason ?? '' };
    return outcomeOf(await markTaskNotApplicable({ ctx, input }), 'reason', ({ title, releaseKey }) => ({
      title: 'Not applicable',
      sentence: `“${title}” of ${releaseKey} is not applicable.`,
    }));
  },
};

function outcomeOf<Task extends ChangedTask>(
  result: Result<Task>,
  field: string,
  say: (task: Task) => { title: string; sentence: Line },
): FormOutcome {
  if (!result.ok) return refusedOutcome(result.refusal, field);
  const { title, sentence } = say(result.value);
  return { kind: 'answer', title, card: sentenceCard(sentence) };
}
