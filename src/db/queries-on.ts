import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import * as schema from './schema/index.ts';
import type { Queries } from './transaction.ts';

/** Drizzle over a pool or over one connection of it. */
export function queriesOn(client: pg.Pool | pg.PoolClient): Queries {
  return drizzle(client, { schema, casing: 'snake_case' });
}
