import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from './transaction.ts';

interface Preparable<Result> {
  prepare(name: string): { execute(values: Record<string, unknown>): Promise<Result> };
}

/**
 * A query that every request asks: Drizzle writes its SQL once, and PostgreSQL keeps it prepared on each connection,
 * under a name that no other query has. `build` puts `sql.placeholder` where the values go.
 */
export function prepareQuery<Values extends Record<string, unknown>, Result>(
  name: string,
  build: (db: Queries) => Preparable<Result>,
): (db: Queries, values: Values) => Promise<Result> {
  let prepared: ReturnType<Preparable<Result>['prepare']> | undefined;
  return (db, values) => {
    prepared ??= build(db).prepare(name);
    return onConnectionOf(db, prepared).execute(values);
  };
}

/** The place of a value among what is written, where Drizzle's types want an expression. */
export function given(name: string): SQL {
  return sql`${sql.placeholder(name)}`;
}

/** Drizzle ties a prepared query to the connection that it was built on; a pool has many, and any may ask. */
function onConnectionOf<Query extends object>(db: Queries, prepared: Query): Query {
  return Object.create(prepared, { client: { value: db.$client } });
}
