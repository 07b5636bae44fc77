import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { renderLiveCard } from './bot/cards/render-live-card.ts';
import { createSlackPlatform } from './bot/slack/client/platform.ts';
import { createPostingClient, identifyBot } from './bot/slack/client/web-client.ts';
import { type SlackBot, startSlackBot } from './bot/slack/start-slack-bot.ts';
import type { Config } from './config/config.ts';
import { BUILT_IN_TEMPLATES, loadTemplates } from './config/load-templates.ts';
import { canonicalJson } from './core/audit/canonical-json.ts';
import type { Clock } from './core/clock.ts';
import { startEmbeddedPostgres } from './db/embedded-postgres/start-embedded-postgres.ts';
import type { Log } from './db/log.ts';
import { migrateDatabase } from './db/migrate.ts';
import { type Database, openDatabase } from './db/open-database.ts';
import { createDriver } from './drivers/create-driver.ts';
import { createHttpRoutes } from './http/routes.ts';
import type { JobServices } from './jobs/job-services.ts';
import { createQueueBackend } from './jobs/queue/create-queue-backend.ts';
import { createWakeUps } from './jobs/send-wake-ups.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { createMetricSource } from './metrics/create-metric-source.ts';
import type { Services } from './services/context.ts';

export interface AppOptions {
  config: Config;
  clock: Clock;
  log: Log;
}

/** A running tminus. */
export interface RunningApp {
  services: Services;
  /** Where health and, in HTTP mode, Slack are answered; null when nothing listens. */
  httpUrl: string;
  /** Takes nothing new, finishes what runs, closes everything in the reverse order of its start. */
  stop(): Promise<void>;
}

/** Wires the parts together and starts them: storage, queue, jobs, bot. The one place that knows them all. */
export async function startApp({ config, clock, log }: AppOptions): Promise<RunningApp> {
  const closing = new ClosingStack((error) => log.warn({ error }, 'a part did not close in order'));
  try {
    const connecting = connectSlack(config, { clock, log });
    // Asked while the storage starts; its failure is told below, where it is waited for.
    connecting.catch(() => undefined);
    const databaseUrl = await findDatabase(config, { log, closing });
    await migrateDatabase({ url: databaseUrl });
    const db = closing.use(await openDatabase({ url: databaseUrl, max: 20, log }), (database) =>
      database.close(),
    );
    const queue = closing.use(
      await createQueueBackend({ redisUrl: config.redisUrl, url: databaseUrl, log }),
      (backend) => backend.close(),
    );
    const { platform, identity } = await connecting;
    const metrics = startMetrics(config, closing);
    const drivers = mapValues(config.drivers, createDriver);
    const services: Services = {
      db,
      clock,
      log,
      platform,
      newId: randomUUID,
      templates: await loadTemplates(
        config.templates ? [BUILT_IN_TEMPLATES, config.templates] : [BUILT_IN_TEMPLATES],
      ),
      wakeUps: createWakeUps({ queue, clock, log }),
      releaseCreators: config.releaseCreators,
      defaultZone: config.defaultZone,
      driver: (name) => drivers.get(name),
      metrics: (name) => metrics.get(name),
    };
    const stopping = new AbortController();
    const jobs = await startJobs(queue, jobServices(services, config, { db, stopping: stopping.signal }));
    closing.add(async () => {
      stopping.abort();
      await jobs.stop();
    });
    const routes = createHttpRoutes({ db, log });
    const bot = closing.use(
      await startSlackBot({ config, identity, services, routes, log: slackLog(log) }),
      (slack: SlackBot) => slack.stop(),
    );
    return { services, httpUrl: bot.httpUrl, stop: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function findDatabase(
  config: Config,
  { log, closing }: { log: Log; closing: ClosingStack },
): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  closing.add(() => embedded.stop());
  return embedded.url;
}

async function connectSlack(config: Config, { clock, log }: { clock: Clock; log: Log }) {
  const { botToken: token, apiUrl } = config.slack;
  const options = { token, ...(apiUrl === undefined ? {} : { apiUrl }), log: slackLog(log) };
  const identity = await identifyBot(createPostingClient(options));
  return { identity, platform: createSlackPlatform({ ...options, ...identity, clock }) };
}

function startMetrics(config: Config, closing: ClosingStack) {
  const sources = mapValues(config.metrics, createMetricSource);
  for (const source of sources.values()) {
    source.start();
    closing.add(() => source.stop());
  }
  return sources;
}

function jobServices(
  services: Services,
  config: Config,
  { db, stopping }: { db: Database; stopping: AbortSignal },
): JobServices {
  return {
    ...services,
    settings: config.pace,
    renderLiveCard: (card) => renderLiveCard(db.pool, card),
    hashCard: (card) =>
      createHash('sha256')
        .update(canonicalJson(JSON.parse(JSON.stringify(card))))
        .digest('hex'),
    sleep: (ms) => pause(ms),
    random: Math.random,
    stopping,
  };
}

/** What Slack's libraries say goes into the same log. */
function slackLog(log: Log) {
  return {
    info: (message: string) => log.info({ part: 'slack' }, message),
    warn: (message: string) => log.warn({ part: 'slack' }, message),
    error: (message: string) => log.error({ part: 'slack' }, message),
  };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  make: (value: From) => To,
): Map<string, To> {
  return new Map(Object.entries(record).map(([name, value]) => [name, make(value)]));
}

/** What has to be closed, the last opened first. */
class ClosingStack {
  readonly #onFailure: (error: unknown) => void;
  readonly #steps: (() => Promise<unknown>)[] = [];

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  use<Resource>(resource: Resource, close: (resource: Resource) => Promise<unknown>): Resource {
    this.add(() => close(resource));
    return resource;
  }

  async close(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) await step().catch(this.#onFailure);
  }
}
