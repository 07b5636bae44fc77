import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import type { Batch } from '../batch.ts';
import type { Database } from '../open-database.ts';

/** What a verb leaves behind besides its rows. */
export interface FinishedRequest {
  /** Releases whose live cards, and whose people's homes, are to be refreshed. */
  touched: Set<string>;
  events: { chain: string; body: Json }[];
  /** The answer, under the act's key. `at` is epoch ms. */
  inbox?: { key: string; at: number; answer: string };
}

/**
 * Refreshes cards, appends events to their chains and stores answers. Returns the destinations of the cards,
 * all of them with the first act, since acts share homes. It fails when a key is taken.
 */
export const finishRequests: Batch<FinishedRequest, string[]> = async (db, acts) => {
  const events = acts.flatMap((act) => act.events);
  const answers = acts.flatMap(({ inbox }) => (inbox ? [inbox] : []));
  const { rows } = await db.query<{ destination: string }>({
    name: 'finish-acts',
    text: `select finish_acts($1::uuid[], $2::text[], $3::integer[], $4::text[],
      $5::text[], $6::text[], $7::timestamptz[]) as destination`,
    values: [
      acts.flatMap(({ touched }) => [...touched]),
      events.map(({ chain }) => chain),
      turnsOf(events),
      events.map(({ body }) => canonicalJson(body)),
      answers.map(({ key }) => key),
      answers.map(({ answer }) => answer),
      answers.map(({ at }) => new Date(at)),
    ],
  });
  const destinations = [...new Set(rows.map((row) => row.destination))];
  return acts.map((_, index) => (index === 0 ? destinations : []));
};

/** The place of each event among those of its chain, from 1. */
function turnsOf(events: readonly { chain: string }[]): number[] {
  const turns = new Map<string, number>();
  return events.map(({ chain }) => {
    const turn = (turns.get(chain) ?? 0) + 1;
    turns.set(chain, turn);
    return turn;
  });
}

/** The answer that an act got when it was first taken; null when it was not. */
export async function findFirstAnswer(db: Database, key: string): Promise<unknown> {
  const { rows } = await db.pool.query<{ answer: string | null }>({
    name: 'first-answer',
    text: 'select answer from inbox where key = $1',
    values: [key],
  });
  const answer = rows[0]?.answer;
  return answer ? JSON.parse(answer) : null;
}
