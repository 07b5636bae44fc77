import { type Destination, decodeDestination } from '../../core/address/destination.ts';
import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import type { Database } from '../open-database.ts';
import type { Transaction } from '../transaction.ts';

/** What a verb leaves behind besides its rows. */
export interface FinishedRequest {
  /** Releases whose live cards, and whose people's homes, are to be refreshed. */
  touched: Set<string>;
  events: { chain: string; body: Json }[];
  /** The answer, under the request's key. `at` is epoch ms. */
  inbox?: { key: string; at: number; answer: string };
}

/**
 * The last statement of a request: refreshes cards, appends events to their chains, stores the answer. Returns the
 * destinations of the cards. It fails when the key is taken.
 */
export async function finishRequest(tx: Transaction, request: FinishedRequest): Promise<Destination[]> {
  const { touched, events, inbox } = request;
  const { rows } = await tx.$client.query<{ destination: string }>({
    name: 'finish-request',
    text: `select finish_acts($1::uuid[], $2::text[], $3::integer[], $4::text[],
      $5::text[], $6::text[], $7::timestamptz[]) as destination`,
    values: [
      [...touched],
      events.map(({ chain }) => chain),
      placesInChains(events),
      events.map(({ body }) => canonicalJson(body)),
      inbox ? [inbox.key] : [],
      inbox ? [inbox.answer] : [],
      inbox ? [new Date(inbox.at)] : [],
    ],
  });
  return [...new Set(rows.map((row) => row.destination))].map(decodeDestination);
}

/** The place of each event among those of its chain, from 1. */
function placesInChains(events: readonly { chain: string }[]): number[] {
  const places = new Map<string, number>();
  return events.map(({ chain }) => {
    const place = (places.get(chain) ?? 0) + 1;
    places.set(chain, place);
    return place;
  });
}

/** The answer that a request got when it was first taken; null when it was not. */
export async function findFirstAnswer(db: Database, key: string): Promise<unknown> {
  const { rows } = await db.$client.query<{ answer: string | null }>({
    name: 'first-answer',
    text: 'select answer from inbox where key = $1',
    values: [key],
  });
  const answer = rows[0]?.answer;
  return answer ? JSON.parse(answer) : null;
}
