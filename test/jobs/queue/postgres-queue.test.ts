import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { silentLog } from '../../../src/db/log.ts';
import { createQueueBackend } from '../../../src/jobs/queue/create-queue-backend.ts';
import { createTestDatabase, type TestDatabase } from '../../support/services.ts';
import { describeQueueContract } from './queue-contract.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Every row of BullMQ's but the ledger of its migrations. */
async function truncateQueue(): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('bullmq.%I', tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
  );
  await pool.query(`TRUNCATE ${rows.map((row) => row.name).join(', ')} CASCADE`);
}

describeQueueContract('postgres', {
  open: () =>
    createQueueBackend({
      url: database.url,
      timings: { lockDuration: 1000, stalledInterval: 300 },
      log: silentLog,
    }),
  empty: truncateQueue,
});
