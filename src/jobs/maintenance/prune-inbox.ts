import { inArray, lt } from 'drizzle-orm';
import { inbox } from '../../db/schema/audit.ts';
import type { JobServices } from '../job-services.ts';

const batchSize = 1_000;

/** Forgets the answers to requests that nobody will repeat any more. */
export async function pruneInbox({ db, clock, settings }: JobServices): Promise<void> {
  const { requestsMs } = settings.retention;
  if (requestsMs === null) return;
  const before = new Date(clock.wall() - requestsMs);
  const old = db.select({ key: inbox.key }).from(inbox).where(lt(inbox.receivedAt, before)).limit(batchSize);
  await db.delete(inbox).where(inArray(inbox.key, old));
}
