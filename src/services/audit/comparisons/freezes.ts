import type { Json } from '../../../core/audit/canonical-json.ts';
import { textOf } from '../../../core/audit/read-details.ts';
import type { TrailEvent } from '../../../core/audit/trail-event.ts';
import { parseFreezeTimes } from '../../../core/freeze/parse-freeze-times.ts';
import { freezes } from '../../../db/schema/freezes.ts';
import type { TrailComparison } from './comparison.ts';

/**
 * Freezes that were added, or agreed to, and ended. One that was agreed to before events named its row is not known to
 * the trail, so a row alone is no news.
 */
export const freezeComparison: TrailComparison = {
  what: 'the freeze',
  about: ['freeze.'],
  apply: (things, { action, at, subject, details }) => {
    const agreed = textOf(details.freezeId);
    if (action === 'freeze.added' && subject !== undefined) {
      things.set(subject, { ...addedBy(details), addedAt: at, endedAt: null });
      return [subject];
    }
    if (action === 'freeze.begun' && subject !== undefined) {
      things.set(subject, { name: textOf(details.name), addedAt: at, endedAt: null });
      return [subject];
    }
    if (action === 'freeze.approved' && agreed !== undefined) {
      things.set(agreed, { name: textOf(details.name), addedAt: at, endedAt: null });
      return [agreed];
    }
    if (action !== 'freeze.ended' || subject === undefined) return [];
    things.set(subject, { ...things.get(subject), name: textOf(details.name), endedAt: at });
    return [subject];
  },
  rows: async (db) => {
    const rows = await db.select().from(freezes);
    return new Map(
      rows.map(({ id, name, zone, times, products, production, except, addedAt, endedAt }) => {
        const when = { addedAt: addedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
        const written: Json = JSON.parse(JSON.stringify(times));
        return [id, { name, zone, times: written, products, production, except, ...when }];
      }),
    );
  },
  knowsAll: false,
};

/** The times are in the trail as they were typed. */
function addedBy({ name, zone, from, until, products, production, except }: TrailEvent['details']) {
  const read = parseFreezeTimes(textOf(from) ?? '', textOf(until) ?? '');
  return {
    name: textOf(name),
    zone: textOf(zone),
    times: read.ok ? asJson(read.times) : undefined,
    products: asJson(products),
    production: asJson(production),
    except: asJson(except),
  };
}

function asJson(value: unknown): Json | undefined {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
