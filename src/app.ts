import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createDrawLiveCard } from './bot/cards/draw-live-card.ts';
import type { AdapterRegistries } from './config/adapter-registries.ts';
import type { Config } from './config/config.ts';
import { loadProductTemplates, loadTemplates } from './config/load-templates.ts';
import { loadTrailKeys } from './config/load-trail-keys.ts';
import { connectPlatforms } from './connect-platforms.ts';
import {
  type Adapters,
  createAdapters,
  createJobServices,
  createServices,
  factsOf,
} from './create-services.ts';
import type { DatabaseClock } from './db/database-clock.ts';
import { keepPresent } from './db/keep-present.ts';
import { migrateDatabase } from './db/migrate.ts';
import { type Database, openDatabase } from './db/open-database.ts';
import { type Storage, startStorage } from './db/start-storage.ts';
import { calendarRoutes } from './http/calendar/calendar-routes.ts';
import { healthRoutes } from './http/health.ts';
import { startHttpServer } from './http/http-server.ts';
import { metricsRoutes } from './http/metrics.ts';
import { createOutage } from './http/outage.ts';
import { createPublicAddress } from './http/public-address.ts';
import { resultRoutes } from './http/results/result-routes.ts';
import { subscriptionRoutes } from './http/subscriptions.ts';
import { createTrailWitness } from './jobs/maintenance/trail-witness.ts';
import { createQueueBackend } from './jobs/queue/create-queue-backend.ts';
import { createWorkNotifier } from './jobs/queue/notify-workers.ts';
import type { WorkQueue } from './jobs/queue/work-queue.ts';
import { startJobs } from './jobs/start-jobs.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { runOnceAtATime } from './lib/run-once-at-a-time.ts';
import { sealTrail } from './services/audit/seal-trail.ts';
import type { Services } from './services/kernel/context.ts';
import { createLateRequests, type LeftRequest } from './services/kernel/late-requests.ts';
import { applyConfiguredPermissions } from './services/permissions/apply-permissions.ts';

export interface AppOptions {
  config: Config;
  /** The kinds that the configuration may name; left out, those of the product. */
  adapters?: AdapterRegistries | undefined;
  /** One that is of the database's time is kept so. */
  clock: Clock | DatabaseClock;
  log: Log;
  /** The storage is gone for good and the log says why: end the process. It may be called during the start too. */
  onStorageLost: () => void;
}

/** A running tminus. */
export interface RunningApp {
  services: Services;
  /** Where health, metrics and the requests of platforms are answered. */
  httpUrl: string;
  /** Takes nothing new, finishes what runs, closes everything in the reverse order of its start. */
  stop(): Promise<void>;
}

/** How often the database's clock is read, in milliseconds. */
const synchronizeEveryMs = 5_000;
/** After a failed start, in milliseconds. */
const closeWithinMs = 15_000;

/**
 * Wires the parts together and starts them: storage, queue, jobs, bot. The one place that knows them all. What
 * does not need another part starts beside it.
 */
export async function startApp({
  config,
  adapters: registries,
  clock,
  log,
  onStorageLost,
}: AppOptions): Promise<RunningApp> {
  const closing = new ClosingStack((error) => log.warn({ error }, 'a part did not close in order'));
  try {
    // First, so that it is closed whatever fails.
    const opened = closing.use(startStorage(config, { log, onLost: onStorageLost }), ({ stop }) => stop());
    // Its failure is told below, where it is waited for.
    opened.catch(() => undefined);
    const templates = loadTemplates(config.templates);
    const productTemplates = loadProductTemplates(config);
    const opening = opened.then((storage) => openStorage(storage, { config, log, closing }));
    const database = opening.then(({ db }) => db);
    const connecting = connectPlatforms(config, { clock, log, db: database });
    // Both go on while the storage starts; their failures are told below, where they are waited for.
    for (const promise of [database, connecting]) promise.catch(() => undefined);
    const { db, reserve, queue } = await opening;
    await keepInTime({ clock, db, closing });
    const trailKeys = await loadTrailKeys(config, { make: true });
    // Before anything is signed, so that nobody can remove all checkpoints and begin anew.
    await sealTrail({ db, clock, trailKeys });
    const processId = randomUUID();
    await closing.use(keepPresent({ db: reserve, processId, log }), (presence) => presence.stop());
    const platforms = await connecting;
    const adapters = createAdapters({ config, registries, platforms, clock });
    startMetrics(adapters, closing);
    const stopping = new AbortController();
    const notifier = createWorkNotifier({ queue, clock, log });
    closing.add(async () => notifier.stop());
    const publicAddress = createPublicAddress(config.http);
    const publicUrl = publicAddress.read;
    const services = createServices({
      ...adapters,
      ...{ config, db, trailKeys, clock, log, templates, productTemplates, notifier, publicUrl },
    });
    await applyConfiguredPermissions(services);
    const lateRequests = createLateRequests({ db: reserve, clock, log });
    closing.add(async () => lateRequests.stop());
    const drawLiveCard = createDrawLiveCard(services, factsOf(services));
    const bots = platforms.map(({ name, createBot }) => {
      const outage = createOutage(clock);
      return {
        name,
        outage,
        bot: createBot({ services, lateRequests, drawLiveCard, onConnection: outage.note }),
      };
    });
    const outages = Object.fromEntries(bots.map(({ name, outage }) => [name, outage]));
    const health = healthRoutes({ db, processId, outages, clock, log });
    const botRoutes = bots.flatMap(({ bot }) => bot.routes);
    const http = await closing.use(
      startHttpServer({
        ...config.http,
        routes: [
          health,
          metricsRoutes({ db, clock, log }),
          calendarRoutes({ db, clock }),
          subscriptionRoutes(services),
          resultRoutes(services, config.results),
          ...botRoutes,
        ],
        log,
      }),
      (server) => server.close(),
    );
    publicAddress.listensAt(http.url);
    const late = {
      requests: lateRequests,
      // The key of a request begins with its platform. One that is not connected any more leaves its own to be given up.
      repeat: async (request: LeftRequest) =>
        (await bots.find(({ name }) => request.key.startsWith(`${name}:`))?.bot.repeat(request)) ?? false,
    };
    // The bots are closed before the jobs: nothing new comes while they end.
    const startingJobs = closing.use(
      startJobs(
        queue,
        createJobServices(services, {
          config,
          processId,
          stopping: stopping.signal,
          late,
          witness: createTrailWitness(config.dataDir),
        }),
      ),
      (jobs) => {
        stopping.abort();
        return jobs.stop();
      },
    );
    const startingBots = bots.map(({ bot }) => closing.use(bot.start(), () => bot.stop()));
    await Promise.all([...startingBots, startingJobs]);
    return { services, httpUrl: http.url, stop: () => closing.close() };
  } catch (error) {
    // A part that does not close must not keep the reason from whoever started it.
    await Promise.race([closing.close(), wait(closeWithinMs, undefined, { ref: false })]);
    throw error;
  }
}

/** Migrates the database and opens pool and queue on it, side by side. */
async function openStorage(
  { url }: Storage,
  { config, log, closing }: { config: Config; log: Log; closing: ClosingStack },
): Promise<{ db: Database; reserve: Database; queue: WorkQueue }> {
  const [db, reserve, queue] = await Promise.all([
    closing.use(openDatabase({ url, max: 20, log, answers: true }), (database) => database.close()),
    // For what must not wait while all of the others do.
    closing.use(openDatabase({ url, max: 2, log, answers: true }), (database) => database.close()),
    closing.use(createQueueBackend({ redisUrl: config.redisUrl, url, log }), (backend) => backend.close()),
    migrateDatabase({ url, answers: true }),
  ]);
  return { db, reserve, queue };
}

/** The first reading is waited for: until then the time is the machine's. */
async function keepInTime(parts: {
  clock: Clock | DatabaseClock;
  db: Database;
  closing: ClosingStack;
}): Promise<void> {
  const { clock, db, closing } = parts;
  if (!('synchronize' in clock)) return;
  await clock.synchronize(db);
  const synchronize = runOnceAtATime(() => clock.synchronize(db));
  // While the database is away, time goes on from the last reading.
  const timer = setInterval(() => void synchronize().catch(() => undefined), synchronizeEveryMs);
  closing.add(async () => clearInterval(timer));
}

function startMetrics({ metrics }: Adapters, closing: ClosingStack): void {
  for (const source of metrics.values()) {
    source.start?.();
    closing.add(async () => source.stop?.());
  }
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

  /** Closes a resource when its turn comes; one that is still opening then is waited for first. */
  use<Resource>(
    opening: Promise<Resource>,
    close: (resource: Resource) => Promise<unknown>,
  ): Promise<Resource> {
    this.add(() => opening.then(close, () => undefined));
    return opening;
  }

  async close(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) await step().catch(this.#onFailure);
  }
}
