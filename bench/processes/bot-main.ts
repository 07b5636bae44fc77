import { setTimeout as pause } from 'node:timers/promises';
import { loadExamplePlan } from '../../sandbox/example-release.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { type Config, fileConfigSchema, type SlackConfig } from '../../src/config/config.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/create-log.ts';
import type { Ctx } from '../../src/services/kernel/context.ts';
import { createRelease } from '../../src/services/release/create-release.ts';
import { serveParent } from '../parent-link.ts';

export interface BotOptions {
  databaseUrl: string;
  redisUrl?: string;
  slack: SlackConfig;
  /** Least milliseconds between two posts to a channel. */
  postIntervalMs: number;
}

let app: RunningApp | undefined;

const handlers = {
  /** Starts the whole bot; returns where it takes requests. */
  start: async (options: BotOptions): Promise<string> => {
    const pace = { postIntervalMs: options.postIntervalMs, editIntervalMs: options.postIntervalMs };
    const file = fileConfigSchema.parse({ http: { port: 0 }, slack: { pace } });
    const config: Config = {
      ...file,
      databaseUrl: options.databaseUrl,
      ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
      dataDir: '/nonexistent',
      logLevel: 'warn',
      slack: { ...file.slack, ...options.slack },
    };
    // The database is a given one.
    const onStorageLost = () => undefined;
    app = await startApp({ config, clock: systemClock, log: createLog('warn'), onStorageLost });
    return `${app.httpUrl}/slack/events`;
  },
  /**
   * Plans releases `bench-1` and on, and waits until they are announced. Each has one communication of its
   * own, `bench-due`, for one of the channels in turn.
   */
  plan: async ({ releases, channels }: { releases: number; channels: string[] }): Promise<void> => {
    let last = 0;
    const planNext = async () => {
      while (last < releases) {
        last += 1;
        await planRelease(last, channels);
      }
    };
    await Promise.all(Array.from({ length: 4 }, planNext));
    await deliveriesSent();
  },
  /** Makes every `bench-due` due at an instant (epoch ms), again if need be, and returns when all are posted. */
  due: async ({ at }: { at: number }): Promise<void> => {
    const { pool } = running().services.db;
    await pool.query(
      `update communications set state = 'planned', note = null, settled_at = null, due_at = $1 where key = 'bench-due'`,
      [new Date(at)],
    );
    await pool.query(
      `update timers set state = 'pending', due_at = $1, revision = revision + 1, enqueued_revision = null
        where subject_id in (select id::text from communications where key = 'bench-due')`,
      [new Date(at)],
    );
    await pause(at - Date.now());
    await until(
      `select not exists (select from communications where key = 'bench-due' and state = 'planned') as yes`,
    );
    await deliveriesSent();
  },
  stop: async (): Promise<void> => app?.stop(),
};
export type BotProcess = typeof handlers;
serveParent(handlers);

function running(): RunningApp {
  if (!app) throw new Error('the bot is not started');
  return app;
}

async function planRelease(number: number, channels: string[]): Promise<void> {
  const { services } = running();
  const ctx: Ctx = { ...services, actor: { kind: 'operator', name: 'bench' } };
  const { plan } = await loadExamplePlan(Date.now());
  const due = {
    key: 'bench-due',
    title: 'Due',
    goLive: '-PT1H',
    audience: 'release' as const,
    channel: channels[number % channels.length] ?? 'release',
    template: 'stakeholder-notification',
  };
  const communications = { ...plan.communications, add: [due] };
  const release = `bench-${number}`;
  const result = await createRelease({ ctx, input: { plan: { ...plan, release, communications } } });
  if (!result.ok) throw new Error(`${release}: ${result.refusal.message} ${result.refusal.reasons}`);
}

function deliveriesSent(): Promise<void> {
  return until(`select not exists (select from deliveries where state in ('pending', 'sending')) as yes`);
}

/** Waits until a query's one row says `yes`; looks ten times a second. */
async function until(query: string): Promise<void> {
  for (;;) {
    const { rows } = await running().services.db.pool.query<{ yes: boolean }>(query);
    if (rows[0]?.yes) return;
    await pause(100);
  }
}
