import { setTimeout as pause } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { createPostgresBackend, isPgPool, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { renderMessage } from '../../src/bot/slack/render/message.ts';
import { paragraph } from '../../src/core/card/card.ts';
import { serveParent } from '../parent-link.ts';

export interface BareQueueOptions {
  apiUrl: string;
  /** One of both: where BullMQ keeps its jobs. */
  redisUrl?: string;
  databaseUrl?: string;
}

interface Job {
  data: { channel: string };
}

/** BullMQ's delayed jobs, each of which posts its message. */
interface BareQueue {
  addBulk(jobs: { name: string; data: Job['data']; opts: { delay: number } }[]): Promise<unknown>;
}

let queue: BareQueue | undefined;
let posted = 0;

/** About as long as a message of the schedule. */
const message = renderMessage({
  summary: 'Web shop 2.4.0 goes live in an hour',
  blocks: Array.from({ length: 6 }, () => paragraph('Checkout takes two steps instead of four. '.repeat(3))),
});

const handlers = {
  start: async (options: BareQueueOptions): Promise<void> => {
    const client = new WebClient('xoxb-bench', { slackApiUrl: options.apiUrl, retryConfig: { retries: 0 } });
    queue = await openQueue(options, async ({ data: { channel } }) => {
      await client.chat.postMessage({ channel, ...message });
      posted += 1;
    });
  },
  /** Adds the jobs at once, one to each of the channels in turn, and returns when all are posted. */
  due: async ({ at, count, channels }: { at: number; count: number; channels: string[] }): Promise<void> => {
    posted = 0;
    const delay = at - Date.now();
    await queue?.addBulk(
      Array.from({ length: count }, (_, index) => {
        return { name: 'post', data: { channel: channels[index % channels.length] ?? '' }, opts: { delay } };
      }),
    );
    while (posted < count) await pause(100);
  },
};
export type BareQueueProcess = typeof handlers;
serveParent(handlers);

async function openQueue(options: BareQueueOptions, post: (job: Job) => Promise<void>): Promise<BareQueue> {
  const concurrency = 100;
  const finished = { removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } };
  if (options.redisUrl !== undefined) {
    const connection = new Redis(options.redisUrl, { maxRetriesPerRequest: null });
    await new Worker('bare', post, { connection, concurrency, ...finished }).waitUntilReady();
    return new Queue('bare', { connection });
  }
  const pool = await openPool(options.databaseUrl ?? '');
  await new Worker(
    'bare',
    post,
    { connection: pool, concurrency, ...finished },
    createPostgresBackend,
  ).waitUntilReady();
  return new Queue('bare', { connection: pool }, createPostgresBackend);
}

async function openPool(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await runMigrations(client, 'bullmq');
  await client.end();
  const pool = new pg.Pool({ connectionString, max: 10, options: '-c search_path=bullmq' });
  if (!isPgPool(pool)) throw new TypeError('BullMQ does not take this version of pg.');
  return pool;
}
