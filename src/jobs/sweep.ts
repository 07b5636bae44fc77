import { decodeDestination } from '../core/address/destination.ts';
import type { WorkItem } from '../services/ports/work-notifier.ts';
import type { JobServices } from './job-services.ts';

/** At most so many destinations, or releases, are woken at a time. */
const batchSize = 500;

/** Work that could be done now, and how far it has come: the mark changes with every attempt. */
export interface WaitingWork {
  job: Exclude<WorkItem['job'], 'timer'>;
  /** Of its wake-up: the destination, or the release. */
  id: string;
  mark: string;
}

type Row = Pick<WaitingWork, 'id' | 'mark'>;

/**
 * Finds rows that ought to be worked on and requests their jobs: whatever wake-up was lost, by a crash or
 * an emptied queue, costs no more than the time between two sweeps. Answers what it found.
 */
export async function sweep(jobs: JobServices): Promise<WaitingWork[]> {
  const found = await Promise.all([findDeliveries(jobs), findStaleCards(jobs), findOperations(jobs)]);
  const waiting = found.flat();
  if (waiting.length > 0) await jobs.notifier.notify(waiting.map(toWorkItem));
  return waiting;
}

function toWorkItem({ job, id }: WaitingWork): WorkItem {
  return job === 'operation' ? { job, releaseId: id } : { job, destination: decodeDestination(id) };
}

/** Destinations whose oldest open message may be tried now: their pace allows it, and so does its own wait. */
async function findDeliveries(jobs: JobServices): Promise<WaitingWork[]> {
  const { rows } = await jobs.db.pool.query<Row>({
    name: 'waiting-deliveries',
    text: `select destination as id, mark from (
        select distinct on (destination) destination, concat_ws(' ', id, attempts) as mark, not_before
        from deliveries where state in ('pending', 'sending') order by destination, seq
      ) head
      where (not_before is null or not_before <= $1)
        and not exists (select from paces where key = 'post:' || destination and next_at > $1)
      limit $2`,
    values: [new Date(jobs.clock.wall()), batchSize],
  });
  return rows.map((row) => ({ job: 'delivery', ...row }));
}

async function findStaleCards(jobs: JobServices): Promise<WaitingWork[]> {
  const { rows } = await jobs.db.pool.query<Row>({
    name: 'stale-cards',
    text: `select destination as id, string_agg(concat_ws(' ', id, rendered_revision, attempts), ', ' order by id) as mark
      from cards where revision > rendered_revision and message_id is not null
        and (not_before is null or not_before <= $1)
        and not exists (select from paces where key = 'edit:' || destination and next_at > $1)
      group by destination limit $2`,
    values: [new Date(jobs.clock.wall()), batchSize],
  });
  return rows.map((row) => ({ job: 'card', ...row }));
}

async function findOperations(jobs: JobServices): Promise<WaitingWork[]> {
  const { rows } = await jobs.db.pool.query<Row>({
    name: 'waiting-operations',
    text: `select release_id as id, concat_ws(' ', id, state, attempts) as mark from operations
      where finished_at is null and (not_before is null or not_before <= $1) limit $2`,
    values: [new Date(jobs.clock.wall()), batchSize],
  });
  return rows.map((row) => ({ job: 'operation', ...row }));
}
