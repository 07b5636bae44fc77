import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase } from '../../../src/db/open-database.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { createQueueBackend } from '../../../src/jobs/queue/create-queue-backend.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createTestDatabase, type TestDatabase } from '../../support/services.ts';
import { describeQueueContract } from './queue-contract.ts';

let home: TestDatabase;
let database: Database;

beforeAll(async () => {
  home = await createTestDatabase();
  database = await openDatabase({ url: home.url, max: 1, log: silentLog });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

/**
 * Every row of BullMQ's but the ledger of its migrations. It locks one table after the other, and so do the
 * workers that go on beside it: when PostgreSQL ends a deadlock at its cost, it tries again.
 */
async function truncateQueue(): Promise<void> {
  await withTransaction(database, async ({ $client }) => {
    const { rows } = await $client.query<{ name: string }>({
      text: `SELECT format('bullmq.%I', tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
    });
    await $client.query({ text: `TRUNCATE ${rows.map((row) => row.name).join(', ')} CASCADE` });
  });
}

describeQueueContract('postgres', {
  open: () =>
    createQueueBackend({
      url: home.url,
      timings: { lockDuration: 1000, stalledInterval: 300 },
      log: silentLog,
    }),
  empty: truncateQueue,
});
