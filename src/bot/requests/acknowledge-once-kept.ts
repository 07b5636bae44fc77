import { describeError } from '../../lib/describe-error.ts';
import type { Log } from '../../lib/log.ts';

/** One request among those that are kept. */
export interface KeptRequest {
  /** Resolves once the request is kept for certain. */
  keep(): Promise<void>;
  /** It is answered. Never rejects. */
  forget(): Promise<void>;
  /** Leaves it to whoever takes it up again. */
  release(): void;
}

/** How long a platform waits for the acknowledgement of a request. Milliseconds since the request came. */
export interface Patience {
  /** Early enough that what is kept is certain by the time of the acknowledgement, which may not wait for it long. */
  keepAfterMs: number;
  /** A little before the platform gives up, the person hears that it takes longer. */
  acknowledgeAfterMs: number;
  /** Whatever is acknowledged later may not reach the platform in time. */
  acknowledgeWithinMs: number;
}

interface Parts {
  acknowledgeLate: () => Promise<void>;
  kept: KeptRequest;
  patience: Patience;
  log: Log;
}

/** The work has ended, and nothing is acknowledged by itself any more. */
interface Ended {
  /** The late acknowledgement, when there was one. */
  late: Promise<void> | undefined;
  /** Nothing was acknowledged within the time for it. */
  isTooLate: boolean;
  /** It was tried to keep the request. */
  wasKept: boolean;
}

/**
 * While the work goes on, keeps the request and then acknowledges it without an answer. It is not acknowledged when it
 * could not be kept in time: the platform tells the person then.
 */
export function acknowledgeOnceKept({ acknowledgeLate, kept, patience, log }: Parts): { end: () => Ended } {
  let keeping: Promise<boolean> | undefined;
  let late: Promise<void> | undefined;
  let isOver = false;
  let isTooLate = false;
  const keep = () => {
    keeping = kept.keep().then(
      () => true,
      (error: unknown) => {
        log.warn(
          { note: describeError(error) },
          'a request could not be kept, so it is not acknowledged yet',
        );
        return false;
      },
    );
  };
  const acknowledge = async () => {
    if (!(await keeping) || isOver) return;
    late = acknowledgeLate().catch((error: unknown) => {
      log.warn({ note: describeError(error) }, 'an acknowledgement did not arrive');
    });
  };
  const close = () => {
    isOver = true;
    isTooLate = late === undefined;
  };
  const timers = [
    setTimeout(keep, patience.keepAfterMs),
    setTimeout(acknowledge, patience.acknowledgeAfterMs),
    setTimeout(close, patience.acknowledgeWithinMs),
  ];
  return {
    end: () => {
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      return { late, isTooLate, wasKept: keeping !== undefined };
    },
  };
}
