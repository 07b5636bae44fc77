import type { Card } from '../../../../core/card/card.ts';
import type { Ctx } from '../../../../services/kernel/context.ts';
import { findRelease } from '../../../../services/release/find-release.ts';
import { prepareRollback } from '../../../../services/rollout/roll-back-rollout.ts';
import { refusalCard } from '../../../cards/answers/refusal-card.ts';
import { parseRollback } from '../../../interactions/commands/parse-rollback.ts';
import { rollBackView } from '../../views/reason-view.ts';
import type { CommandCall } from '../command-listener.ts';
import type { ListenerContext } from '../listener-context.ts';
import { openModal } from '../open-modal.ts';

/** `/rollback [release] [what you saw]`: opens the one confirmation. */
export function rollbackCommand(context: ListenerContext) {
  return async ({ ctx, words, triggerId }: CommandCall): Promise<Card | null> =>
    openRollback(context, { ctx, triggerId, ...(await readRollback(ctx, words)) });
}

/** A word is the key only where there is such a release; else it belongs to the reason. */
async function readRollback(ctx: Ctx, typed: string): Promise<{ releaseKey: string | null; reason: string }> {
  const { candidates, otherwise } = parseRollback(typed);
  for (const candidate of candidates) {
    if ((await findRelease(ctx, candidate.releaseKey)).ok) return candidate;
  }
  return otherwise;
}

/** Opens the confirmation of a rollback, or tells why there is nothing to confirm. */
export async function openRollback(
  context: ListenerContext,
  asked: { ctx: Ctx; triggerId: string; releaseKey: string | null; reason: string },
): Promise<Card | null> {
  const { ctx, triggerId, releaseKey, reason } = asked;
  const prepared = await prepareRollback({ ctx, input: { releaseKey } });
  if (!prepared.ok) return refusalCard(prepared.refusal);
  return openModal(context, triggerId, rollBackView({ ...prepared.value, reason }));
}
