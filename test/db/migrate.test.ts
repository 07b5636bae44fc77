import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findMigrationsFolder, migrateDatabase } from '../../src/db/migrate.ts';
import { checkJournal } from '../../src/db/migration-journal.ts';
import { createEmptyDatabase } from '../support/services.ts';
import { runAlone } from '../support/start-postgres.ts';
import { createRole } from './create-role.ts';
import { describeSchema } from './describe-schema.ts';

async function emptyDatabase(): Promise<string> {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

async function readSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await describeSchema(client);
  } finally {
    await client.end();
  }
}

describe('migrateDatabase', () => {
  it('makes the schema that is written down; `npx vitest run test/db -u` writes it anew', async () => {
    const url = await emptyDatabase();
    await migrateDatabase({ url });
    await expect(await readSchema(url)).toMatchFileSnapshot('schema.golden.txt');
  });

  it('changes nothing the second time', async () => {
    const url = await emptyDatabase();
    await migrateDatabase({ url });
    const first = await readSchema(url);
    await migrateDatabase({ url });
    expect(await readSchema(url)).toBe(first);
  });

  it('lets five processes start on an empty database at once', async () => {
    const url = await emptyDatabase();
    const starts = await Promise.allSettled([1, 2, 3, 4, 5].map(() => migrateDatabase({ url })));
    expect(starts.map((start) => start.status)).toEqual(Array(5).fill('fulfilled'));
  });
});

describe('a database that another version made', () => {
  it('is refused when that version is newer, and is left as it is', async () => {
    const url = await emptyDatabase();
    await migrateDatabase({ url });
    await runAlone(url, 'UPDATE drizzle.__drizzle_migrations SET created_at = created_at + 1');
    const before = await readSchema(url);
    await expect(migrateDatabase({ url })).rejects.toThrow(
      'A newer tminus has changed the schema of this database, and this version would misread it. ' +
        'Start the newer version, or restore a backup from before it ran.',
    );
    expect(await readSchema(url)).toBe(before);
  });

  it('is taken as it is by a user without rights, once somebody has migrated it', async () => {
    const database = await createEmptyDatabase();
    const { role, url } = await createRole(database);
    await expect(migrateDatabase({ url })).rejects.toThrow(
      `The database schema has to be brought up to this version, which ${role} may not do. ` +
        'Run `tminus migrate` as the owner of the database, then start again.',
    );
    await migrateDatabase({ url: database.url, grantTo: role });
    await migrateDatabase({ url });
  });
});

describe('checkJournal', () => {
  it('accepts the journal of this version', () => {
    expect(() => checkJournal(findMigrationsFolder())).not.toThrow();
  });

  it('refuses a migration that is not younger than the one before', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(path.join(folder, 'meta'));
    const entries = [
      { idx: 0, tag: '0000_initial', when: 2000 },
      { idx: 1, tag: '0001_merged_late', when: 1000 },
    ];
    writeFileSync(path.join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }));
    expect(() => checkJournal(folder)).toThrow('0001_merged_late is not younger than 0000_initial');
  });
});
