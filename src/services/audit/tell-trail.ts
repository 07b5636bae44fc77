import type { TrailNames } from '../../core/trail/sentence.ts';
import { type ToldEvent, tellEvent } from '../../core/trail/tell-event.ts';
import { loadTrailEvents } from '../../db/queries/audit-events.ts';
import type { Queries } from '../../db/transaction.ts';

/** A part of a chain in words, the newest last. */
export interface ToldTrail {
  events: ToldEvent[];
  /** How many there are before these. */
  earlier: number;
  /** Whether there are newer ones. */
  hasLater: boolean;
}

/**
 * The last events of a chain before a place in it, or of all. `all`: also what merely happened on the way; else what
 * somebody decided, and what that came to.
 */
export async function tellTrail(
  db: Queries,
  chain: string,
  { names, all, before, limit }: { names: TrailNames; all: boolean; before: number | null; limit: number },
): Promise<ToldTrail> {
  const events = await loadTrailEvents(db, chain);
  const told = events.map((event) => tellEvent(event, names)).filter(({ isDecision }) => all || isDecision);
  const upTo = before === null ? told : told.filter(({ seq }) => seq < before);
  const shown = upTo.slice(-limit);
  return { events: shown, earlier: upTo.length - shown.length, hasLater: upTo.length < told.length };
}
