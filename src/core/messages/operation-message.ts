import { describeSpan } from '../calendar/duration.ts';
import { type Card, command, paragraph } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { describePercent } from '../rollout/describe-percent.ts';
import { isForward, type OperationKind } from '../rollout/operation-state.ts';

/** An operation that has ended, as far as its announcement needs it. */
export interface EndedOperation {
  kind: OperationKind;
  state: 'succeeded' | 'not_taken' | 'failed';
  /** Percent of traffic on the new version, as last read before; null when it was not known. */
  fromPercent: number | null;
  /** What was requested. */
  toPercent: number;
  /** As read from the target afterwards; null when it could not be read. */
  observedPercent: number | null;
  requestedByName: string;
  reason: string | null;
  /** A sentence, or several, of what went wrong. */
  error: string | null;
  /** Milliseconds of the wall clock from the request to the confirmed result; null when not known. */
  tookMs: number | null;
}

/** The announcement of an operation, once the target was read again. */
export function operationMessage(releaseKey: string, operation: EndedOperation): Card {
  const { headline, sentence } = describe(releaseKey, operation);
  const blocks: Card['blocks'] = [paragraph(line`${releaseKey}: ${headline}. ${sentence}`)];
  if (operation.reason)
    blocks.push(paragraph('Reason:'), { type: 'quote', content: [{ type: 'text', text: operation.reason }] });
  return { summary: `${releaseKey}: ${headline}`, blocks };
}

function describe(releaseKey: string, operation: EndedOperation): Words {
  switch (operation.kind) {
    case 'promote':
    case 'resume':
      return promoted(releaseKey, operation);
    case 'rollback':
      return rolledBack(releaseKey, operation);
    case 'abort':
      return aborted(releaseKey, operation);
    case 'pause':
      return paused(releaseKey, operation);
  }
}

type Words = { headline: string; sentence: Line };

function promoted(releaseKey: string, operation: EndedOperation): Words {
  switch (operation.state) {
    case 'succeeded':
      return {
        headline: promotedTo(operation),
        sentence: `By ${operation.requestedByName}${from(operation, ', from')}. The live system shows ${describePercent(operation.observedPercent ?? operation.toPercent)} % of traffic on the new version.`,
      };
    case 'not_taken':
      return {
        headline: `promotion to ${operation.toPercent} % not confirmed`,
        sentence: line`The command was accepted, but the live system shows ${observed(operation)}.${why(operation)} Check it, then ${command('promote', releaseKey)} again or ${command('rollback', releaseKey)}.`,
      };
    case 'failed':
      return {
        headline: `promotion to ${operation.toPercent} % failed`,
        sentence: `${operation.error ?? 'The live system refused the command.'} ${trafficAfterFailure(operation)}`,
      };
  }
}

function rolledBack(releaseKey: string, operation: EndedOperation): Words {
  const by = `by ${operation.requestedByName}`;
  switch (operation.state) {
    case 'succeeded':
      return {
        headline: 'rolled back',
        sentence: `All traffic is on the previous version again, confirmed${took(operation)}. Rolled back ${by}${from(operation, ' from')}.`,
      };
    case 'not_taken':
      return {
        headline: 'rollback not confirmed',
        sentence: line`The command was accepted, but the live system shows ${observed(operation)}.${why(operation)} Check it and run ${command('rollback', releaseKey)} again.`,
      };
    case 'failed':
      return {
        headline: 'rollback failed',
        sentence: line`${operation.error ?? 'The live system refused the command.'} ${adviceAfterFailure(releaseKey, operation)} Requested ${by}.`,
      };
  }
}

function aborted(releaseKey: string, operation: EndedOperation): Words {
  const by = `by ${operation.requestedByName}`;
  const retry = command('release', `rollout retry ${releaseKey}`);
  switch (operation.state) {
    case 'succeeded':
      return {
        headline: 'rollout aborted',
        sentence: line`All traffic is on the previous version again, confirmed${took(operation)}. Aborted ${by}${from(operation, ' from')}. The release is not rolled back: it can start again with ${command('promote', releaseKey)}.`,
      };
    case 'not_taken':
      return {
        headline: 'abort not confirmed',
        sentence: line`The command was accepted, but the live system shows ${observed(operation)}.${why(operation)} Check it, then ${retry} or ${command('rollback', releaseKey)}.`,
      };
    case 'failed':
      return {
        headline: 'abort failed',
        sentence: line`${operation.error ?? 'The live system refused the command.'} ${trafficAfterFailure(operation)} Requested ${by}. Next: ${retry} or ${command('rollback', releaseKey)}.`,
      };
  }
}

function paused(releaseKey: string, operation: EndedOperation): Words {
  const by = `by ${operation.requestedByName}`;
  const resume = command('release', `rollout resume ${releaseKey}`);
  switch (operation.state) {
    case 'succeeded':
      return {
        headline: `promotion to ${operation.toPercent} % paused`,
        sentence: line`The live system stands still at ${observed(operation)}. Paused ${by}. It goes on with ${resume}.`,
      };
    case 'not_taken':
      return {
        headline: 'pause not confirmed',
        sentence: line`The command was accepted, but the live system has not stopped; it shows ${observed(operation)}.${why(operation)} Check it, then ${resume} or ${command('rollback', releaseKey)}.`,
      };
    case 'failed':
      return {
        headline: 'pause failed',
        sentence: `${operation.error ?? 'The live system refused the command.'} ${trafficAfterFailure(operation)} Requested ${by}.`,
      };
  }
}

/** The beginning and the end are news; the steps between them stand in the thread of the card. */
function promotedTo({ toPercent, fromPercent }: EndedOperation): string {
  if (toPercent === 100) return 'at 100 %, live for everyone';
  return fromPercent === 0 ? `started with ${toPercent} %` : `promoted to ${toPercent} %`;
}

/** Whether the announcement of an operation is routine: a step between the first and the last. */
export function isRoutine({ kind, state, toPercent, fromPercent }: EndedOperation): boolean {
  return isForward(kind) && state === 'succeeded' && toPercent < 100 && fromPercent !== 0;
}

/** A command that was not answered may have been carried out, so an old figure is called old. */
function trafficAfterFailure({ observedPercent, fromPercent }: EndedOperation): string {
  if (observedPercent !== null)
    return `The live system shows ${describePercent(observedPercent)} % on the new version.`;
  const before = fromPercent === null ? '' : `Last known: ${describePercent(fromPercent)} % of traffic. `;
  return `${before}We don't know how much traffic is on the new version now.`;
}

function from({ fromPercent }: EndedOperation, words: string): string {
  return fromPercent === null ? '' : `${words} ${describePercent(fromPercent)} %`;
}

function adviceAfterFailure(releaseKey: string, { observedPercent }: EndedOperation): Line {
  if (observedPercent === 0) return 'The live system shows no traffic on the new version.';
  return line`Roll back by hand now, or run ${command('rollback', releaseKey)} again.`;
}

function observed({ observedPercent }: EndedOperation): string {
  return observedPercent === null
    ? 'no figure that could be read'
    : `${describePercent(observedPercent)} % on the new version`;
}

/** What the target says of itself, where that is more than its weight. */
function why({ error }: EndedOperation): string {
  return error === null ? '' : ` ${error}`;
}

function took({ tookMs }: EndedOperation): string {
  return tookMs === null ? '' : ` after ${describeSpan(tookMs)}`;
}
