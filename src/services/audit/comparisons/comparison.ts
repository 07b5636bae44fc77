import type { ApplyEvent, StatedThings } from '../../../core/audit/compare-with-trail.ts';
import type { TrailEvent } from '../../../core/audit/trail-event.ts';
import type { Queries } from '../../../db/transaction.ts';

/** How one kind of row of a release, or of none, is compared with its trail. */
export interface TrailComparison {
  /** As a sentence names one: `the vote`. */
  what: string;
  /** How the actions begin of the events that matter, such as `freeze.`; left out: all events. */
  about?: readonly string[];
  /** What the events say; only fields that the rows have, too. */
  apply: ApplyEvent;
  rows(db: Queries, releaseId: string): Promise<StatedThings>;
  /** False: the trail says nothing of most rows, so that one of which it knows nothing is no news. */
  knowsAll?: false;
  /** Whether rows may have been removed by now, by what the events say. */
  mayBeGone?(events: readonly TrailEvent[]): boolean;
}
