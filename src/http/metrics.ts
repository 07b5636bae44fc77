import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { releaseStates } from '../core/release/release-state.ts';
import type { Database } from '../db/open-database.ts';
import { type Backlog, openDeliveryStates, readBacklog } from '../db/queries/backlog.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { telemetry } from '../lib/telemetry.ts';
import type { HttpRoutes } from './http-server.ts';

/** One for the process, as what it measures is the process. */
let processMetrics: Registry | undefined;

interface Parts {
  db: Database;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/**
 * `GET /metrics`, for Prometheus: how the process does, what it has measured of its work, and what waits to be done in
 * the database. Without the database, all but the last, and `tminus_database_up 0`.
 */
export function metricsRoutes({ db, clock, log }: Parts): HttpRoutes {
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  const metrics = Registry.merge([processMetrics, telemetry]);
  const read = async (): Promise<Backlog | null> => {
    try {
      return await readBacklog(db, clock.now());
    } catch (error) {
      log.warn({ error }, 'the metrics could not read what waits in the database');
      return null;
    }
  };
  return async (server) => {
    server.get('/metrics', async (_request, reply) => {
      const backlog = describeBacklog(await read(), clock.now());
      const text = `${await metrics.metrics()}\n${await backlog.metrics()}`;
      return reply.header('content-type', metrics.contentType).send(text);
    });
  };
}

/** As metrics of this moment. Every state is there, also at 0: a series that appears with its first failure has no increase. */
function describeBacklog(backlog: Backlog | null, now: number): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  gauge('tminus_database_up', 'Whether the database answered: 1 or 0.', backlog ? 1 : 0);
  if (!backlog) return registry;
  const secondsSince = (instant: number | null) =>
    instant === null ? 0 : Math.max(0, now - instant) / 1_000;
  const deliveries = stateGauge('tminus_deliveries', 'Messages that are not settled, by state.', registry);
  for (const state of openDeliveryStates) deliveries.set({ state }, backlog.deliveries.get(state) ?? 0);
  const releases = stateGauge('tminus_releases', 'Releases, by state.', registry);
  for (const state of releaseStates) releases.set({ state }, backlog.releases.get(state) ?? 0);
  gauge(
    'tminus_oldest_delivery_seconds',
    'For how long the oldest message that is not sent has been waiting.',
    secondsSince(backlog.oldestDelivery),
  );
  gauge('tminus_due_timers', 'What is due and not yet carried out.', backlog.dueTimers);
  gauge(
    'tminus_oldest_timer_seconds',
    'For how long the oldest thing that is not carried out has been due.',
    secondsSince(backlog.oldestTimer),
  );
  gauge('tminus_stale_cards', 'Live cards that do not show the present state yet.', backlog.staleCards);
  gauge(
    'tminus_late_requests',
    'Requests of people that were acknowledged and not yet answered.',
    backlog.lateRequests,
  );
  gauge('tminus_running_operations', 'Promotions and rollbacks that have not ended.', backlog.operations);
  return registry;
}

function stateGauge(name: string, help: string, registry: Registry): Gauge<'state'> {
  return new Gauge({ name, help, labelNames: ['state'], registers: [registry] });
}
