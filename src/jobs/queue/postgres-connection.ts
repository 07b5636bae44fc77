import { createPostgresBackend, isPgPool, Queue, runMigrations, Worker } from 'bullmq';
import pg from 'pg';
import { surviveBrokenConnections } from '../../db/survive-broken-connections.ts';
import type { Log } from '../../lib/log.ts';
import type { QueueConnection } from './connection.ts';
import { queueNames } from './work-queue.ts';

/** BullMQ's own schema, apart from the product's tables. */
const schema = 'bullmq';

/**
 * BullMQ on the product's PostgreSQL, over a pool of its own. Each worker keeps one connection for LISTEN,
 * so the pool must hold more than there are workers, or all of them hang.
 */
export async function connectPostgres({ url, log }: { url: string; log: Log }): Promise<QueueConnection> {
  await migrateQueue(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: queueNames.length + 5,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 20_000,
    application_name: `tminus queue ${process.pid}`,
    // BullMQ's functions are called without their schema's name.
    options: `-c search_path=${schema}`,
  });
  // Every queue and every worker listens to the pool they share.
  pool.setMaxListeners(2 * queueNames.length + 10);
  surviveBrokenConnections(pool, log);
  // BullMQ describes a pool by its own words; this is their check that ours is one.
  if (!isPgPool(pool)) throw new TypeError('BullMQ does not take this version of pg.');
  return {
    kind: 'postgres',
    openQueue: (name, options) => new Queue(name, { ...options, connection: pool }, createPostgresBackend),
    openWorker: (name, process, options) =>
      new Worker(name, process, { ...options, connection: pool }, createPostgresBackend),
    plantSentinel: async () => (await pool.query(plant)).rowCount === 1,
    isReady: () => true,
    close: () => pool.end(),
  };
}

const plant = `INSERT INTO ${schema}.sentinel (planted) VALUES (true) ON CONFLICT DO NOTHING`;

/** Any number of processes may do it at once: BullMQ takes an advisory lock for its part, and we for ours. */
async function migrateQueue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 });
  // Without a listener a connection that breaks ends the process. The statement under way tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await runMigrations(client, schema);
    await client.query('SELECT pg_advisory_lock(hashtext($1))', ['tminus sentinel']);
    await client.query(`CREATE TABLE IF NOT EXISTS ${schema}.sentinel (planted boolean PRIMARY KEY)`);
  } finally {
    await client.end();
  }
}
