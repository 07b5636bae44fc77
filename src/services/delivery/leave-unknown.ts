import type * as z from 'zod';
import { anchorSubject } from '../../core/messages/anchor-message.ts';
import { unknownDeliveryMessage } from '../../core/messages/delivery-message.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { whoMay } from '../kernel/who-may.ts';
import { endDelivery, endedAttemptSchema, type NoticedDelivery } from './end-delivery.ts';
import { isUnnoticed, notifyReleaseManager } from './notice.ts';
import { passNoticeOn } from './pass-notice-on.ts';
import { sayAgain } from './say-again.ts';

type Input = z.infer<typeof endedAttemptSchema>;

/**
 * Records that nobody knows whether a message arrived, so that it is not repeated, and asks the release manager,
 * who settles it (`settleDelivery`). What was said to one person alone is said to them again, with a word on why.
 */
export function leaveUnknown(args: {
  ctx: Ctx;
  input: z.input<typeof endedAttemptSchema>;
}): Promise<Result<{ left: boolean }>> {
  return runVerb({ name: 'delivery.leave-unknown', input: endedAttemptSchema, run: leave }, args);
}

/** There is no notice about a notice: one that may not have arrived is shown to others, too. */
async function tell(scope: Scope, unknown: NoticedDelivery & Input): Promise<void> {
  const { release } = unknown;
  if (isUnnoticed(unknown.subject)) return passNoticeOn(scope, release, { ...unknown, isGone: false });
  // It shows there until it is settled, even if nobody gets the question.
  scope.invalidateCards(release.id, whoMay(release, 'delivery.settle'));
  const content = unknownDeliveryMessage(unknown);
  await notifyReleaseManager(scope, release, { kind: 'unknown', content });
}

async function leave(scope: Scope, input: Input): Promise<Result<{ left: boolean }>> {
  const ended = await endDelivery(scope, { ...input, state: 'unknown' });
  if (!ended.ok) return ended;
  const { isEnded, notice, personal } = ended.value;
  if (notice) await tell(scope, { ...notice, ...input });
  // The next anchor says more than a second copy of one.
  if (personal && personal.subject !== anchorSubject) await sayAgain(scope, personal);
  return done({ left: isEnded });
}
