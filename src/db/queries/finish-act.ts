import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import type { Database } from '../open-database.ts';
import type { Transaction } from '../with-transaction.ts';

/** What a verb leaves behind besides its rows: audit events, and its answer under the act's key. */
export interface FinishedAct {
  events: { chain: string; body: Json }[];
  inbox?: { key: string; at: number; answer: string };
}

/** The same act was taken before; its first answer is in the inbox. */
export class RepeatedActError extends Error {
  override name = 'RepeatedActError';
  readonly key: string;
  constructor(key: string) {
    super('This act was taken before.');
    this.key = key;
  }
}

/**
 * Appends the events to their chains and stores the answer, in one round trip.
 * Throws `RepeatedActError` when the key is taken, which rolls the repeated act back.
 */
export async function finishAct(tx: Transaction, act: FinishedAct): Promise<void> {
  if (act.events.length === 0 && !act.inbox) return;
  const { inbox } = act;
  const { rows } = await tx.client.query<{ finish_act: boolean }>({
    name: 'finish-act',
    text: 'select finish_act($1::text[], $2::text[], $3, $4, $5)',
    values: [
      act.events.map((event) => event.chain),
      act.events.map((event) => canonicalJson(event.body)),
      inbox?.key ?? null,
      inbox ? new Date(inbox.at) : null,
      inbox?.answer ?? null,
    ],
  });
  if (inbox && rows[0]?.finish_act === false) throw new RepeatedActError(inbox.key);
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
