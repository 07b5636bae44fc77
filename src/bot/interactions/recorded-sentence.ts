import { describeRecord, WITHOUT_GO } from '../../core/messages/recorded-message.ts';
import type { RecordedResult } from '../../services/rollout/record-deployment.ts';

/** The answer to somebody who recorded what was done without tminus. */
export function recordedSentence({ releaseKey, toPercent, withoutGo, isBackAgain }: RecordedResult): string {
  const recorded = `Recorded: ${releaseKey} was ${describeRecord(toPercent)}. Messages will say that it's on your word, since tminus can't check it.`;
  const go = withoutGo ? ` ${WITHOUT_GO} The record says so.` : '';
  const again = isBackAgain
    ? ' It had already been rolled back and stays that way; for another attempt, plan a new release.'
    : '';
  return `${recorded}${go}${again}`;
}
