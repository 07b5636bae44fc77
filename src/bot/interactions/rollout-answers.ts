import { describePercent } from '../../core/rollout/describe-percent.ts';
import type { PausedRollout } from '../../services/rollout/pause-rollout.ts';
import type { RetriedOperation } from '../../services/rollout/retry-operation.ts';

/** The answer to whoever has let a rollout go on. */
export function resumedSentence({ releaseKey, isMidway }: PausedRollout): string {
  const midway = isMidway ? ' The promotion that was stopped goes on.' : '';
  return `The rollout of ${releaseKey} goes on.${midway}`;
}

/** The answer to whoever has tried again what failed. */
export function retriedSentence({ releaseKey, kind, toPercent, isAwaited }: RetriedOperation): string {
  if (isAwaited) return `${releaseKey}: a second person has to approve it; I've asked.`;
  const what =
    kind === 'rollback'
      ? 'The rollback'
      : kind === 'abort'
        ? 'The abort'
        : `The promotion to ${describePercent(toPercent)} %`;
  return `${what} of ${releaseKey} is tried again. I'll say when the live system shows it.`;
}
