import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { describePercent } from '../../core/rollout/describe-percent.ts';
import { isRolloutShown } from '../../db/queries/is-rollout-shown.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import type { RequestedPromotion } from '../../services/rollout/promote-rollout.ts';

/** What is answered to a promotion that was accepted. It points to the card only if there is one. */
export async function promotionAnswer(ctx: Ctx, promotion: RequestedPromotion): Promise<Line> {
  const { releaseKey, fromPercent, toPercent } = promotion;
  const from = fromPercent === null ? '' : ` from ${describePercent(fromPercent)} %`;
  const next = (await isRolloutShown(ctx.db, releaseKey))
    ? "The card updates when it's confirmed."
    : askForStatus(releaseKey);
  return line`${releaseKey}: promotion${from} to ${toPercent} % has started. ${next}`;
}

/** How to find out what became of an operation where no card shows it. */
export function askForStatus(releaseKey: string): Line {
  return line`Check with ${command('release', `status ${releaseKey}`)} whether it's confirmed.`;
}
