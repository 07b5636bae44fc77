import { findUnfinishedOperations } from '../db/queries/rollouts.ts';
import type { WakeUp } from '../services/wake-ups.ts';
import type { JobServices } from './job-services.ts';

/** At most so many destinations are woken at a time. */
const batchSize = 500;

/**
 * Finds rows that ought to be worked on and wakes their jobs: whatever wake-up was lost, by a crash or
 * an emptied queue, costs no more than the time between two sweeps.
 */
export async function sweep(jobs: JobServices): Promise<void> {
  const [deliveries, cards, operations] = await Promise.all([
    findWaitingDeliveries(jobs),
    findStaleCards(jobs),
    findUnfinishedOperations(jobs.db.pool),
  ]);
  const wakeUps: WakeUp[] = [
    ...deliveries.map((destination): WakeUp => ({ job: 'delivery', destination })),
    ...cards.map((destination): WakeUp => ({ job: 'card', destination })),
    ...operations.map(({ releaseId }): WakeUp => ({ job: 'operation', releaseId })),
  ];
  if (wakeUps.length > 0) await jobs.wakeUps.send(wakeUps);
}

async function findWaitingDeliveries(jobs: JobServices): Promise<string[]> {
  const { rows } = await jobs.db.pool.query<{ destination: string }>({
    name: 'waiting-deliveries',
    text: `select distinct destination from deliveries
      where state in ('pending', 'sending') and (not_before is null or not_before <= $1) limit $2`,
    values: [new Date(jobs.clock.wall()), batchSize],
  });
  return rows.map((row) => row.destination);
}

async function findStaleCards(jobs: JobServices): Promise<string[]> {
  const { rows } = await jobs.db.pool.query<{ destination: string }>({
    name: 'stale-cards',
    text: `select distinct destination from cards where revision > rendered_revision and message_id is not null
      and (not_before is null or not_before <= $1) limit $2`,
    values: [new Date(jobs.clock.wall()), batchSize],
  });
  return rows.map((row) => row.destination);
}
