import { setTimeout as pause } from 'node:timers/promises';
import { type RunningApp, startApp } from '../../src/app.ts';
import { type Config, fileConfigSchema, type SlackConfig } from '../../src/config/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLog } from '../../src/log.ts';
import { loadExamplePlan } from '../../src/sandbox/example-release.ts';
import type { Ctx } from '../../src/services/context.ts';
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
    const config: Config = {
      ...fileConfigSchema.parse({
        http: { port: 0 },
        pace: { postIntervalMs: options.postIntervalMs, editIntervalMs: options.postIntervalMs },
      }),
      databaseUrl: options.databaseUrl,
      ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
      dataDir: '/nonexistent',
      logLevel: 'warn',
      slack: options.slack,
    };
    app = await startApp({ config, clock: systemClock, log: createLog('warn') });
    return `${app.httpUrl}/slack/events`;
  },
  /**
   * Plans releases `bench-1` and on, and waits until they are announced. Each has one communication of its
   * own, `bench-due`, for one of the channels in turn.
   */
  plan: async ({ releases, channels }: { releases: number; channels: string[] }): Promise<void> => {
    const { services } = running();
    const ctx: Ctx = { ...services, actor: { kind: 'operator', name: 'bench' } };
    const { plan } = await loadExamplePlan(Date.now());
    for (let number = 1; number <= releases; number += 1) {
      const release = `bench-${number}`;
      const channel = channels[number % channels.length] ?? plan.channels.release;
      const audience = 'release' as const;
      const moment = { goLive: '-PT1H', template: 'stakeholder-notification', title: 'Due' };
      const add = [{ key: 'bench-due', audience, channel, ...moment }];
      const own = { ...plan, release, communications: { ...plan.communications, add } };
      const result = await createRelease({ ctx, input: { plan: own } });
      if (!result.ok) throw new Error(`${release}: ${result.refusal.message} ${result.refusal.reasons}`);
    }
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

async function deliveriesSent(): Promise<void> {
  for (;;) {
    const { rows } = await running().services.db.pool.query<{ open: number }>(
      `select count(*)::int as open from deliveries where state in ('pending', 'sending')`,
    );
    if (rows[0]?.open === 0) return;
    await pause(100);
  }
}
