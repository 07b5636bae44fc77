import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type * as schema from './schema/index.ts';

/** Whatever runs queries: the database itself, or a transaction on one of its connections. Statements by Drizzle. */
export type Queries = NodePgDatabase<typeof schema> & { $client: Queryable };

/** The driver below Drizzle, for the few statements that are written by hand: claims, locks, the audit chain. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>>;
}

/** One piece of work's transaction. Every statement through it throws once the work has ended. */
export type Transaction = Queries;

/** A transaction was used after its end, which would have written outside of it. */
export class TransactionEndedError extends Error {
  override readonly name = 'TransactionEndedError';
  constructor() {
    super('This transaction has ended; nothing can be read or written through it any more.');
  }
}
