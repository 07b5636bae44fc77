import type * as z from 'zod';
import { failedDeliveryMessage } from '../../core/messages/delivery-message.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import { runVerb, type Scope } from '../kernel/verb.ts';
import { endDelivery, endedAttemptSchema } from './end-delivery.ts';
import { notifyReleaseManager } from './notice.ts';

type Input = z.infer<typeof endedAttemptSchema>;

/** Gives up a message that its channel refuses for good, and notifies the release manager where and why. */
export function failDelivery(args: { ctx: Ctx; input: Input }): Promise<Result<{ failed: boolean }>> {
  return runVerb({ name: 'delivery.fail', input: endedAttemptSchema, run: fail }, args);
}

async function fail(scope: Scope, input: Input): Promise<Result<{ failed: boolean }>> {
  const ended = await endDelivery(scope, { ...input, state: 'failed' });
  if (!ended.ok) return ended;
  const { isEnded, notice } = ended.value;
  if (notice) {
    const content = failedDeliveryMessage({ ...notice, reason: input.reason });
    await notifyReleaseManager(scope, notice.release, { kind: 'failed', content });
  }
  return done({ failed: isEnded });
}
