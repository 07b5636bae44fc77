import { lt } from 'drizzle-orm';
import { notedMessages } from '../../db/schema/evidence.ts';
import type { JobServices } from '../job-services.ts';

/** As long as somebody may leave a form open. Milliseconds of the wall clock. */
const keptMs = 86_400_000;

/** Forgets the messages for which nobody has chosen a release within a day. */
export async function pruneNotedMessages({ db, clock }: Pick<JobServices, 'db' | 'clock'>): Promise<void> {
  await db.delete(notedMessages).where(lt(notedMessages.notedAt, new Date(clock.wall() - keptMs)));
}
