import { lt } from 'drizzle-orm';
import { draftKeptMs } from '../../db/queries/release-drafts.ts';
import { releaseDrafts } from '../../db/schema/release-drafts.ts';
import type { JobServices } from '../job-services.ts';

/** Forgets what was filled in of releases a day ago, whether they were planned or not. */
export async function pruneDrafts({ db, clock }: Pick<JobServices, 'db' | 'clock'>): Promise<void> {
  await db.delete(releaseDrafts).where(lt(releaseDrafts.keptAt, new Date(clock.wall() - draftKeptMs)));
}
