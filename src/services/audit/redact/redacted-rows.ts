import { and, eq, getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Json } from '../../../core/audit/canonical-json.ts';
import { type Redaction, redactJson } from '../../../core/audit/redaction.ts';
import { mentions } from '../../../db/queries/mentioning.ts';
import * as schema from '../../../db/schema/index.ts';
import type { Queries } from '../../../db/transaction.ts';

type Row = Record<string, unknown>;

/** A row in which something is replaced. */
export interface RedactedRow {
  table: PgTable;
  before: Row;
  /** The columns that change, as they will be. */
  values: Row;
}

/** All tables but those of the trail, which has its own way. */
const tables: readonly PgTable[] = Object.values(schema)
  .filter((value): value is typeof value & PgTable => is(value, PgTable))
  .filter((table) => !getTableConfig(table).name.startsWith('audit_'));

/** The rows of all tables in which something is to be replaced; `lock` keeps them as they are until it is. */
export async function findRows(
  db: Queries,
  redaction: Redaction,
  { lock }: { lock: boolean },
): Promise<RedactedRow[]> {
  const found: RedactedRow[] = [];
  for (const table of tables) found.push(...(await findRowsOf(db, table, redaction, lock)));
  return found;
}

/** The same of one table. */
export async function findRowsOf(
  db: Queries,
  table: PgTable,
  redaction: Redaction,
  lock = false,
): Promise<RedactedRow[]> {
  const query = db.select(getTableColumns(table)).from(table).where(mentions(table, redaction));
  const rows: Row[] = await (lock ? query.for('update') : query);
  return rows.flatMap((before) => {
    const values = redactColumns(table, before, redaction);
    return Object.keys(values).length === 0 ? [] : [{ table, before, values }];
  });
}

function redactColumns(table: PgTable, row: Row, redaction: Redaction): Row {
  const changed: Row = {};
  for (const [name, column] of Object.entries(getTableColumns(table))) {
    const value = row[name];
    if (!holdsTexts(column) || value === null || value === undefined) continue;
    const before: Json = JSON.parse(JSON.stringify(value));
    const after = redactJson(before, redaction);
    if (JSON.stringify(after) !== JSON.stringify(before)) changed[name] = after;
  }
  return changed;
}

function holdsTexts({ dataType, columnType, enumValues }: PgColumn): boolean {
  const isFree = columnType !== 'PgUUID' && (enumValues === undefined || enumValues.length === 0);
  return isFree && (dataType === 'string' || dataType === 'json' || dataType === 'custom');
}

export async function writeRows(db: Queries, rows: readonly RedactedRow[]): Promise<void> {
  for (const { table, before, values } of rows) {
    const isRow = and(...keyOf(table).map(([name, column]) => eq(column, before[name])));
    await db.update(table).set(values).where(isRow);
  }
}

/** The columns of the primary key, by their names in a row. */
function keyOf(table: PgTable): [string, PgColumn][] {
  const together = getTableConfig(table).primaryKeys.flatMap(({ columns }) =>
    columns.map(({ name }) => name),
  );
  return Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.primary || together.includes(column.name),
  );
}
