import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { errorMessage } from '../lib/error-message.ts';
import { describeDatabase } from './describe-database.ts';

/** The database did not answer; the message says where it was looked for and what to check. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError';
}

/**
 * Returns once the database answers, which may take a while after a restart of everything.
 * @throws DatabaseUnreachableError after `timeoutMs`, or at once when waiting can't help; it names host and
 *   database, not the password.
 */
export async function waitForDatabase(url: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await askOnce(url);
      return;
    } catch (error) {
      if (isHopeless(error) || Date.now() > deadline) throw describe(error, url);
      await pause(200);
    }
  }
}

async function askOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  // A server that is just going away may break the connection after it was made; the query tells.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Wrong password, no such user, no such database. */
function isHopeless(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['28P01', '28000', '3D000'].includes(error.code ?? '');
}

function describe(error: unknown, url: string): DatabaseUnreachableError {
  const place = describeDatabase(url);
  return new DatabaseUnreachableError(
    `The database${place === null ? '' : ` at ${place}`} does not answer: ${errorMessage(error)}. Check DATABASE_URL and that PostgreSQL runs there.`,
    { cause: error },
  );
}
