import { describeSpan } from '../calendar/duration.ts';
import { type Card, paragraph } from '../card/card.ts';

/** An operation that has ended, as far as its announcement needs it. Shares are percent. */
export interface EndedOperation {
  kind: 'promote' | 'rollback';
  state: 'succeeded' | 'not_taken' | 'failed';
  /** As last read before; null when it was not known. */
  fromPercent: number | null;
  toPercent: number;
  observedPercent: number | null;
  requestedByName: string;
  reason: string | null;
  error: string | null;
  /** Milliseconds of the wall clock from the request to the confirmed result; null when not known. */
  tookMs: number | null;
}

/** What the channel is told of an operation, once the target was read again. */
export function operationMessage(releaseKey: string, operation: EndedOperation): Card {
  const { headline, sentence } = operation.kind === 'promote' ? promoted(operation) : rolledBack(operation);
  const blocks: Card['blocks'] = [paragraph(`${releaseKey}: ${headline}. ${sentence}`)];
  if (operation.reason)
    blocks.push(paragraph('Reason:'), { type: 'quote', content: [{ type: 'text', text: operation.reason }] });
  return { summary: `${releaseKey}: ${headline}`, blocks };
}

type Words = { headline: string; sentence: string };

function promoted(operation: EndedOperation): Words {
  switch (operation.state) {
    case 'succeeded':
      return {
        headline: `promoted to ${operation.toPercent} %`,
        sentence: `By ${operation.requestedByName}${from(operation, ', from')}. The target shows ${operation.toPercent} % of traffic on the new version.`,
      };
    case 'not_taken':
      return {
        headline: `promotion to ${operation.toPercent} % not taken`,
        sentence: `The command was accepted, but the target shows ${observed(operation)}. Check the target, then /promote again or /rollback.`,
      };
    case 'failed':
      return {
        headline: `promotion to ${operation.toPercent} % failed`,
        sentence: `${operation.error ?? 'The target did not take the command.'} ${shareAfterFailure(operation)}`,
      };
  }
}

function rolledBack(operation: EndedOperation): Words {
  const by = `by ${operation.requestedByName}`;
  switch (operation.state) {
    case 'succeeded':
      return {
        headline: 'rolled back',
        sentence: `All traffic is on the previous version again${took(operation)}; read back from the target. Asked for ${by}${from(operation, ' at')}.`,
      };
    case 'not_taken':
      return {
        headline: 'rollback not confirmed',
        sentence: `The command was accepted, but the target shows ${observed(operation)}. Check the target and run /rollback again.`,
      };
    case 'failed':
      return {
        headline: 'rollback failed',
        sentence: `${operation.error ?? 'The target did not take the command.'} ${adviceAfterFailure(operation)} Asked for ${by}.`,
      };
  }
}

/** A command that was not answered may have been carried out, so an old share is called old. */
function shareAfterFailure({ observedPercent, fromPercent }: EndedOperation): string {
  if (observedPercent !== null) return `The target shows ${observedPercent} % on the new version.`;
  const before = fromPercent === null ? '' : `Last known share: ${fromPercent} %. `;
  return `${before}How much traffic is on the new version now can't be read.`;
}

function from({ fromPercent }: EndedOperation, words: string): string {
  return fromPercent === null ? '' : `${words} ${fromPercent} %`;
}

function adviceAfterFailure({ observedPercent }: EndedOperation): string {
  if (observedPercent === 0) return 'The target shows no traffic on the new version.';
  return 'Roll back by hand now, or run /rollback again.';
}

function observed({ observedPercent }: EndedOperation): string {
  return observedPercent === null ? 'nothing that could be read' : `${observedPercent} % on the new version`;
}

function took({ tookMs }: EndedOperation): string {
  return tookMs === null ? '' : ` after ${describeSpan(tookMs)}`;
}
