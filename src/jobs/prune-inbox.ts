import type { JobServices } from './job-services.ts';

/** How long an act's first answer is kept for a repeat of it. Platforms repeat within minutes or hours. */
const keptMs = 7 * 24 * 3_600_000;

/** Forgets the answers to acts that nobody will repeat any more. */
export async function pruneInbox(jobs: JobServices): Promise<void> {
  await jobs.db.pool.query({
    name: 'prune-inbox',
    text: `delete from inbox where key in (select key from inbox where received_at < $1 limit 1000)`,
    values: [new Date(jobs.clock.wall() - keptMs)],
  });
}
