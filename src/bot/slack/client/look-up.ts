import { describeSpan } from '../../../core/calendar/duration.ts';
import { PlatformUnavailableError } from '../../../services/ports/directory.ts';
import { ReadingInterruptedError } from './channel-list.ts';
import type { SlackLog } from './log.ts';
import { appRefusal, type FailedOutcome, reportedOutcome } from './send-outcome.ts';

export interface LookUpOptions {
  log: SlackLog;
  /**
   * Waits out a rate limit of questions about people and channels, which then go on where they stopped. Without it,
   * whoever asked is told when to ask again.
   */
  waitOut?: ((limit: LookUpLimit) => Promise<void>) | undefined;
}

/** Slack answers no questions for a while. */
export interface LookUpLimit {
  retryAfterMs: number;
  /** How many channels of the workspace are read by now; 0 when they are not being read. */
  channelsRead: number;
}

/**
 * Asks about people or channels, until there is an answer or nobody waits any more.
 * @throws PlatformUnavailableError in the words of the person who asked.
 */
export async function lookUp<Found>(
  { log, waitOut }: LookUpOptions,
  ask: () => Promise<Found>,
): Promise<Found> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const channelsRead = error instanceof ReadingInterruptedError ? error.channelsRead : 0;
      const cause = error instanceof ReadingInterruptedError ? error.cause : error;
      const outcome = reportedOutcome(cause, log);
      const refusal = appRefusal(cause);
      if (refusal) throw new PlatformUnavailableError(refusal.detail, refusal.code);
      // Where a rate limit is waited out, nobody is left to ask again.
      if (!waitOut) throw unavailable(outcome, channelsRead);
      if (outcome.result !== 'rate-limited') throw unavailable(outcome, 0);
      await waitOut({ retryAfterMs: outcome.retryAfterMs, channelsRead });
    }
  }
}

/** In the words of the person who waits for the answer. */
function unavailable(outcome: FailedOutcome, channelsRead: number): PlatformUnavailableError {
  const progress =
    channelsRead === 0
      ? ''
      : ` ${channelsRead.toLocaleString('en')} channels of the workspace are read; the next try goes on from there.`;
  switch (outcome.result) {
    case 'rate-limited': {
      const wait = describeSpan(outcome.retryAfterMs);
      const message = `Slack asks tminus to wait.${progress} Try again in ${wait}.`;
      return new PlatformUnavailableError(message, 'rate-limited');
    }
    case 'refused':
    case 'closed':
      return new PlatformUnavailableError(outcome.detail, outcome.code);
    case 'not-sent':
    case 'unknown':
      return new PlatformUnavailableError(
        `Slack did not answer when it was asked about people and channels.${progress} Try again in a minute.`,
        outcome.detail,
      );
  }
}
