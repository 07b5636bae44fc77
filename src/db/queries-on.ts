import {
  createTableRelationsHelpers,
  type ExtractTablesWithRelations,
  extractTablesRelationalConfig,
} from 'drizzle-orm';
import { NodePgDatabase, NodePgSession } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import * as schema from './schema/index.ts';
import type { Queries } from './transaction.ts';

const dialect = new PgDialect({ casing: 'snake_case' });
const { tables, tableNamesMap } = extractTablesRelationalConfig<ExtractTablesWithRelations<typeof schema>>(
  schema,
  createTableRelationsHelpers,
);
const relational = { fullSchema: schema, schema: tables, tableNamesMap };

/**
 * Drizzle over a pool or over one connection of it. As `drizzle()` makes it, but what that works out from the schema
 * is worked out once, and not for every transaction.
 */
export function queriesOn(client: pg.Pool | pg.PoolClient): Queries {
  const session = new NodePgSession(client, dialect, relational);
  return Object.assign(new NodePgDatabase<typeof schema>(dialect, session, relational), { $client: client });
}
