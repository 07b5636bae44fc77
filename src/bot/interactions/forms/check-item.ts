import * as z from 'zod';
import type { FormValues } from '../../../core/card/form.ts';
import { type Line, line } from '../../../core/card/line.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import type { Result } from '../../../services/kernel/result.ts';
import { findChecklist } from '../../../services/readiness/check-checklist.ts';
import type { ChangedTask } from '../../../services/tasks/load-task.ts';
import { markTaskDone, markTaskNotApplicable, reopenTask } from '../../../services/tasks/settle-task.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { checkItemForm, itemOutcomes } from '../check-item-form.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** An item was ticked; the form comes back for the next one until none is left. */
export const form = defineForm({
  name: 'check-item',
  metadata: z.object({ releaseId: z.uuid(), checklist: z.string() }),
  run: async ({ ctx, values, metadata }) => {
    const outcome = z.enum(itemOutcomes).safeParse(values.outcome);
    if (!outcome.success) return { kind: 'errors', errors: { outcome: 'Choose one of the three.' } };
    const { field, settle, words } = changes[outcome.data];
    const result = await settle(ctx, values.item ?? '', values);
    if (!result.ok) return refusedOutcome(result.refusal, field);
    const said = line`“${result.value.title}” ${words}.`;
    const { form: next, late } = await nextForm(ctx, metadata, said);
    return next ? { kind: 'next', form: next, late } : { kind: 'answer', title: 'Checklist', card: late };
  },
});

interface Change {
  /** Beside which field a refusal is said. */
  field: string;
  settle: (ctx: Ctx, taskId: string, values: FormValues) => Promise<Result<ChangedTask>>;
  /** Continues the item's title. */
  words: string;
}

const changes: Record<(typeof itemOutcomes)[number], Change> = {
  done: {
    field: 'evidence',
    settle: (ctx, taskId, { evidence }) =>
      markTaskDone({ ctx, input: { taskId, evidence: evidence?.trim() || null } }),
    words: 'is done',
  },
  'not-applicable': {
    field: 'reason',
    settle: (ctx, taskId, { reason }) =>
      markTaskNotApplicable({ ctx, input: { taskId, reason: reason ?? '' } }),
    words: 'is not applicable',
  },
  open: {
    field: 'item',
    settle: (ctx, taskId) => reopenTask({ ctx, input: { taskId } }),
    words: 'is open again',
  },
};

async function nextForm(ctx: Ctx, subject: { releaseId: string; checklist: string }, said: Line) {
  const found = await findChecklist(ctx.db, subject);
  if (!found.ok) return { form: null, late: sentenceCard(said) };
  const { release, list } = found.value;
  return { form: checkItemForm(release, list, { actor: ctx.actor, said }), late: sentenceCard(said) };
}
