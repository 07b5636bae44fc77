import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { describePercent } from '../../core/rollout/describe-percent.ts';
import type { RequestedPromotion } from '../../services/rollout/promote-rollout.ts';

/** What is answered to a promotion that was accepted. `isShown`: there is a card to point to. */
export function promotionAnswer(promotion: RequestedPromotion, { isShown }: { isShown: boolean }): Line {
  const { releaseKey, fromPercent, toPercent, awaits } = promotion;
  if (awaits !== null) {
    const until = localDate(awaits.expiresAt, awaits.zone);
    return line`${releaseKey}: nothing is promoted yet. A second person has to approve it by ${until}; the release's channel is asked. You can withdraw it there.`;
  }
  const from = fromPercent === null ? '' : ` from ${describePercent(fromPercent)} %`;
  const next = isShown ? "The card updates when it's confirmed." : askForStatus(releaseKey);
  return line`${releaseKey}: promotion${from} to ${toPercent} % has started. ${next}`;
}

/** How to find out what became of an operation where no card shows it. */
export function askForStatus(releaseKey: string): Line {
  return line`Check with ${command('release', `status ${releaseKey}`)} whether it's confirmed.`;
}
