import type pg from 'pg';
import type { Database } from '../../src/db/open-database.ts';
import { queriesOn } from '../../src/db/queries-on.ts';

type Run = () => Promise<pg.QueryResult>;

/**
 * The same database with `around` called instead of each statement that is not part of a transaction. It gets the
 * statement as JSON, name and text, and decides when to run it.
 */
export function tapDatabase(
  database: Database,
  around: (statement: string, run: Run) => Promise<pg.QueryResult>,
): Database {
  const { pool } = database;
  const query = (...args: unknown[]) =>
    around(JSON.stringify(args[0]), () => Reflect.apply(pool.query, pool, args));
  const tapped: pg.Pool = Object.create(pool, {
    query: { value: query },
    connect: { value: () => pool.connect() },
  });
  return Object.assign(queriesOn(tapped), { pool: tapped, close: () => database.close() });
}
