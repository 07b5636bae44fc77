import pg from 'pg';
import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import type { Database } from '../open-database.ts';
import type { Transaction } from '../with-transaction.ts';

/** What a verb leaves behind besides its rows: audit events, and its answer under the act's key. */
export interface FinishedAct {
  events: { chain: string; body: Json }[];
  inbox?: { key: string; at: number; answer: string };
}

/**
 * Appends the events to their chains and stores the answer, together with the commit. When the key is
 * taken, everything is rolled back with an error of which `isRepeatedAct` is true.
 */
export function finishAct(tx: Transaction, act: FinishedAct): void {
  if (act.events.length === 0 && !act.inbox) return;
  const { inbox } = act;
  tx.finishWith({
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
}

/** The same act was taken before; its first answer is in the inbox. */
export function isRepeatedAct(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === 'inbox_pkey';
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
