import { noteAbsentHolders } from '../../services/absence/note-absent-holders.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { prepareRollback } from '../../services/rollout/roll-back-rollout.ts';
import { rollBackForm } from './forms/roll-back.ts';
import { type Answer, answerForm, answerRefusal } from './interaction.ts';

/** Opens the one confirmation of a rollback, or says why there is nothing to confirm. */
export async function confirmRollback(asked: {
  ctx: Ctx;
  /** Null: the release under way. */
  releaseKey: string | null;
  /** What was typed already. */
  reason: string;
}): Promise<Answer> {
  const { ctx, releaseKey, reason } = asked;
  await noteAbsentHolders(ctx);
  const prepared = await prepareRollback({ ctx, input: { releaseKey } });
  if (!prepared.ok) return answerRefusal(prepared.refusal);
  return answerForm(rollBackForm({ ...prepared.value, reason }));
}
