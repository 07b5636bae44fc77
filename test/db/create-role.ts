import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { TestDatabase } from '../support/services.ts';
import { runAlone, withDatabase } from '../support/start-postgres.ts';

/** A role that may do nothing yet, and the database as it reaches it. Both go away with the test. */
export async function createRole(database: TestDatabase): Promise<{ role: string; url: string }> {
  const role = `bot_${randomUUID().replaceAll('-', '')}`;
  await runAlone(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'of-the-tests'`);
  onTestFinished(async () => {
    await database.drop();
    await runAlone(withDatabase(database.url, 'postgres'), `DROP ROLE ${role}`);
  });
  const url = new URL(database.url);
  [url.username, url.password] = [role, 'of-the-tests'];
  return { role, url: url.href };
}
