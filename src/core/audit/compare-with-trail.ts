import { canonicalJson, type Json } from './canonical-json.ts';
import type { TrailEvent } from './trail-event.ts';

/** What the trail, or the tables, say of one thing: its fields. One that is undefined is not known. */
export type Stated = { [field: string]: Json | undefined };

/** Things by their ids, with what is stated of them. */
export type StatedThings = Map<string, Stated>;

/** What the events say of a kind of thing, from the first on; and the last event that spoke of each. */
export interface FromTrail {
  things: StatedThings;
  lastSeq: Map<string, number>;
}

/** Says what an event makes of the things of a kind, by changing them. Returns the ids of those it spoke of. */
export type ApplyEvent = (things: StatedThings, event: TrailEvent) => readonly string[];

/** Replays the events of a chain. */
export function replay(events: readonly TrailEvent[], apply: ApplyEvent): FromTrail {
  const things: StatedThings = new Map();
  const lastSeq = new Map<string, number>();
  for (const event of events) {
    for (const id of apply(things, event)) lastSeq.set(id, event.seq);
  }
  return { things, lastSeq };
}

/** A row and the trail say different things. */
export interface Difference {
  /** The last event about it; null when there is none. */
  seq: number | null;
  problem: string;
}

/**
 * What the tables say otherwise than the trail. `what` names a thing in a sentence: `the vote`. `mayBeGone`: rows are
 * removed some time after the release has ended. `knowsAll`: there is no row without an event.
 */
export function compareWithTrail(
  { things, lastSeq }: FromTrail,
  rows: StatedThings,
  { what, mayBeGone, knowsAll }: { what: string; mayBeGone: boolean; knowsAll: boolean },
): Difference[] {
  const differences: Difference[] = [];
  for (const [id, stated] of things) {
    const seq = lastSeq.get(id) ?? null;
    const row = rows.get(id);
    if (row)
      differences.push(
        ...differingFields(stated, row).map((said) => ({ seq, problem: `${what} ${id}: ${said}` })),
      );
    else if (!mayBeGone)
      differences.push({ seq, problem: `${what} ${id} is in the trail, and its row is gone` });
  }
  for (const id of knowsAll ? rows.keys() : []) {
    if (!things.has(id))
      differences.push({ seq: null, problem: `${what} ${id} is a row of which the trail knows nothing` });
  }
  return differences;
}

function differingFields(stated: Stated, row: Stated): string[] {
  return Object.entries(stated).flatMap(([field, said]) => {
    if (said === undefined) return [];
    const [trail, table] = [canonicalJson(said), canonicalJson(row[field] ?? null)];
    return trail === table ? [] : [`${field} is ${table}, the trail says ${trail}`];
  });
}
