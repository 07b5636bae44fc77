import type { LateRequest, LateRequests } from '../../services/kernel/late-requests.ts';
import type { KeptRequest } from './acknowledge-once-kept.ts';

/** Where requests are kept that are acknowledged without their answer. */
export type RequestStore = Pick<LateRequests, 'keep' | 'forget' | 'release'>;

/** Keeps a request under its key, should its answer take longer than the platform waits. */
export function keepRequest(lateRequests: RequestStore, request: LateRequest): KeptRequest {
  const { key } = request;
  let keeping: Promise<unknown> = Promise.resolve();
  return {
    keep: async () => {
      const kept = lateRequests.keep(request);
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
