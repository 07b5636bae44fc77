import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { findMigrationsFolder, migrateDatabase } from '../../src/db/migrate.ts';
import { createEmptyDatabase } from '../support/services.ts';

/** A database as the migration of this number left it, with some rows, brought up to date. Ends with the test. */
export async function migrateFrom(last: number, rows: string): Promise<pg.Client> {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(() => client.end());
  await migrate(drizzle(client), { migrationsFolder: migrationsUpTo(last) });
  await client.query(rows);
  await migrateDatabase({ url: database.url });
  return client;
}

/** The migrations up to and with the one of this number. */
function migrationsUpTo(last: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(findMigrationsFolder(), folder, { recursive: true });
  const file = path.join(folder, 'meta', '_journal.json');
  const journal: { entries: { idx: number }[] } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx <= last) }),
  );
  return folder;
}
