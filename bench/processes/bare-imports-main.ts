import { App, SocketModeReceiver } from '@slack/bolt';
import { createPostgresBackend, isPgPool, Queue, runMigrations } from 'bullmq';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Redis } from 'ioredis';
import pg from 'pg';
import { z } from 'zod';

/** The libraries alone: the same connections and the same first questions, and nothing done with them. */
const { DATABASE_URL, REDIS_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = z
  .object({
    DATABASE_URL: z.string(),
    REDIS_URL: z.string().optional(),
    SLACK_BOT_TOKEN: z.string(),
    SLACK_APP_TOKEN: z.string(),
    SLACK_API_URL: z.string(),
  })
  .parse(process.env);

const pool = new pg.Pool({ connectionString: DATABASE_URL });
await drizzle(pool).execute('select 1');
if (REDIS_URL) {
  await new Queue('bare', { connection: new Redis(REDIS_URL) }).waitUntilReady();
} else {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  await runMigrations(client, 'bullmq');
  await client.end();
  const queuePool = new pg.Pool({ connectionString: DATABASE_URL, options: '-c search_path=bullmq' });
  if (!isPgPool(queuePool)) throw new TypeError('BullMQ does not take this version of pg.');
  await new Queue('bare', { connection: queuePool }, createPostgresBackend).waitUntilReady();
}
const clientOptions = { slackApiUrl: SLACK_API_URL };
const receiver = new SocketModeReceiver({ appToken: SLACK_APP_TOKEN, installerOptions: { clientOptions } });
const app = new App({ receiver, token: SLACK_BOT_TOKEN, clientOptions, deferInitialization: true });
await app.init();
await app.start();
console.error('ready');
