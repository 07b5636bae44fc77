import type { Card } from '../../../../core/card.ts';
import type { Ctx } from '../../../../services/context.ts';
import { prepareRollback } from '../../../../services/rollout/roll-back-rollout.ts';
import { refusalCard } from '../../../answers/refusal-card.ts';
import { parseReleaseKey } from '../../../commands/parse-release-key.ts';
import { rollBackView } from '../../views/reason-view.ts';
import type { ListenerContext } from '../listener-context.ts';
import type { CommandCall } from '../on-command.ts';

/** `/rollback [release]`: opens the one confirmation. */
export function rollbackCommand(context: ListenerContext) {
  return ({ ctx, words, triggerId }: CommandCall): Promise<Card | null> =>
    openRollback(context, { ctx, triggerId, releaseKey: parseReleaseKey(words).releaseKey });
}

/** Opens the confirmation of a rollback, or tells why there is nothing to confirm. */
export async function openRollback(
  { interactive }: ListenerContext,
  { ctx, triggerId, releaseKey }: { ctx: Ctx; triggerId: string; releaseKey: string | null },
): Promise<Card | null> {
  const prepared = await prepareRollback({ ctx, input: { releaseKey } });
  if (!prepared.ok) return refusalCard(prepared.refusal);
  await interactive.views.open({ trigger_id: triggerId, view: rollBackView(prepared.value) });
  return null;
}
