import type { Inline } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { describeRecord } from '../../../core/messages/recorded-message.ts';
import type { OperationState } from '../../../core/rollout/operation-state.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Operation, Rollout } from '../../../db/queries/rollouts.ts';
import { onOneLine } from './lines.ts';

/** How many of the latest operations are listed. */
const maxEventsShown = 5;

const operationWords: Record<OperationState, string> = {
  confirmed: 'requested',
  running: 'under way',
  verifying: 'accepted, being checked',
  succeeded: 'confirmed',
  not_taken: 'did not take effect in time',
  failed: 'failed',
  cancelled: 'cancelled',
  recorded: 'recorded',
};

/** How an operation stands; with how far the target has come, while it is being checked. */
export function operationStanding({ state, progress }: Operation): string {
  const standing = operationWords[state];
  return state === 'verifying' && progress !== null ? `${standing}, ${onOneLine(progress)}` : standing;
}

/** The operations that are listed, newest first. */
export function latestEvents(rollout: Rollout): Operation[] {
  return rollout.operations.slice(0, maxEventsShown);
}

/** An operation in a line: when, what, by whom, and what became of it. */
export function eventLine(release: Release, operation: Operation): Line {
  const title = line`${happenedAt(release, operation)}: ${eventTitle(operation)}`;
  const standing = operation.state === 'recorded' ? title : line`${title}: ${operationStanding(operation)}`;
  return operation.reason ? line`${standing} (${shortReason(onOneLine(operation.reason))})` : standing;
}

/** When an operation was asked for. */
export function happenedAt({ plan }: Release, { requestedAt }: Operation): Inline {
  return localDate(requestedAt, plan.goLive.zone);
}

/** What an operation is, and by whom. */
export function eventTitle(operation: Operation): string {
  if (operation.state === 'recorded') {
    return `${describeRecord(operation.toPercent)}, recorded by ${operation.requestedByName}`;
  }
  return `${operationTitle(operation)} by ${operation.requestedByName}`;
}

function operationTitle({ kind, toPercent }: Operation): string {
  switch (kind) {
    case 'rollback':
      return 'rollback';
    case 'abort':
      return 'abort';
    case 'pause':
      return `pause of the promotion to ${toPercent} %`;
    case 'promote':
    case 'resume':
      return `promotion to ${toPercent} %`;
  }
}

/** An operation with what the target or the driver said of it: `promotion to 1 % by Dana failed: no answer`. */
export function troubleLine(release: Release, operation: Operation): Line {
  const { error, state } = operation;
  if (state !== 'failed' && state !== 'not_taken') return eventLine(release, operation);
  const why = error === null ? '' : `: ${shortReason(onOneLine(error))}`;
  return line`${happenedAt(release, operation)}: ${eventTitle(operation)} ${operationStanding(operation)}${why}`;
}
