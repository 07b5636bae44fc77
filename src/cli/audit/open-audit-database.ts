import { existsSync } from 'node:fs';
import path from 'node:path';
import { describeDatabase } from '../../db/describe-database.ts';
import { findRunningServer } from '../../db/embedded-postgres/find-running-server.ts';
import { startEmbeddedPostgres } from '../../db/embedded-postgres/start-embedded-postgres.ts';
import { openDatabase } from '../../db/open-database.ts';
import type { Queries } from '../../db/transaction.ts';
import { silentLog } from '../../lib/log.ts';

/** The database that holds the audit trail, for reading. */
export interface AuditDatabase {
  db: Queries;
  close(): Promise<void>;
}

/** Which database `openAuditDatabase` reads: its host and name, or its folder. Never a password. */
export function describeAuditDatabase(env: NodeJS.ProcessEnv): string {
  if (!env.DATABASE_URL) return `the embedded PostgreSQL in ${path.resolve(dataDirOf(env))}`;
  const place = describeDatabase(env.DATABASE_URL);
  return place === null ? 'the database that DATABASE_URL names' : `${place} (DATABASE_URL)`;
}

/** `DATABASE_URL`, else the embedded PostgreSQL: the running one, or started for as long as this takes. */
export async function openAuditDatabase(env: NodeJS.ProcessEnv): Promise<AuditDatabase> {
  const dataDir = dataDirOf(env);
  if (env.DATABASE_URL) return open(env.DATABASE_URL, async () => undefined);
  if (!existsSync(dataDir)) {
    throw new Error(`There is no audit trail here: DATABASE_URL is not set and ${dataDir} does not exist.`);
  }
  const running = await findRunningServer(dataDir);
  if (running) return open(running, async () => undefined);
  // When it is lost, the read under way fails and says so.
  const embedded = await startEmbeddedPostgres({ dataDir, log: silentLog, onLost: () => undefined });
  return open(embedded.url, () => embedded.stop());
}

/** The data folder: its own database, if it has one, the key, and what was kept of checkpoints. */
export function dataDirOf(env: NodeJS.ProcessEnv): string {
  return env.TMINUS_DATA_DIR || '.tminus';
}

async function open(url: string, thenClose: () => Promise<unknown>): Promise<AuditDatabase> {
  const db = await openDatabase({ url, max: 2, log: silentLog });
  return {
    db,
    close: async () => {
      await db.close();
      await thenClose();
    },
  };
}
