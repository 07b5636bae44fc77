import { setTimeout as sleepMs } from 'node:timers/promises';
import type { LookUpLimit } from '../bot/slack/client/look-up.ts';
import { describeSpan } from '../core/calendar/duration.ts';

/** Waits as long as Slack asks, and says so, once for all questions that wait at the same time. */
export function createWaitOut({
  say,
  sleep = sleepMs,
}: {
  say: (line: string) => void;
  sleep?: (ms: number) => Promise<unknown>;
}): (limit: LookUpLimit) => Promise<void> {
  let waiting: Promise<void> | null = null;
  const wait = async ({ retryAfterMs, channelsRead }: LookUpLimit) => {
    const progress =
      channelsRead === 0
        ? ''
        : ` ${channelsRead.toLocaleString('en')} channels of the workspace have been read so far; reading continues from there.`;
    say(`Slack asks tminus to wait ${describeSpan(retryAfterMs)}.${progress}`);
    await sleep(retryAfterMs);
  };
  return (limit) => {
    waiting ??= wait(limit).finally(() => {
      waiting = null;
    });
    return waiting;
  };
}
