import type { LateRequestKind } from '../../../db/schema/late-requests.ts';
import type { KeptRequest } from './acknowledge-once-kept.ts';
import type { ListenerContext } from './listener-context.ts';

/** One act as it is kept: without Slack's token, and with what is not needed left out. */
interface ActToKeep {
  kind: LateRequestKind;
  userId: string;
  payload: { trigger_id: string };
}

/** Keeps a request under its person and its trigger, should its answer take longer than Slack waits. */
export function keepRequest(
  { lateRequests }: ListenerContext,
  { kind, userId, payload }: ActToKeep,
): KeptRequest {
  const key = `slack:${userId} ${kind} ${payload.trigger_id}`;
  let keeping: Promise<unknown> = Promise.resolve();
  return {
    keep: async () => {
      const kept = lateRequests.keep({ key, kind, payload: JSON.stringify(payload) });
      keeping = kept.catch(() => undefined);
      return kept;
    },
    forget: async () => {
      // Or it would be kept after it was forgotten.
      await keeping;
      await lateRequests.forget(key);
    },
    release: () => lateRequests.release(key),
  };
}
