import { inArray, lt } from 'drizzle-orm';
import { inbox } from '../../db/schema/audit.ts';
import type { JobServices } from '../job-services.ts';

/** How long a request's first answer is kept for a repeat of it. Platforms repeat within minutes or hours. */
const keptMs = 7 * 24 * 3_600_000;
const batchSize = 1_000;

/** Forgets the answers to requests that nobody will repeat any more. */
export async function pruneInbox({ db, clock }: JobServices): Promise<void> {
  const before = new Date(clock.wall() - keptMs);
  const old = db.select({ key: inbox.key }).from(inbox).where(lt(inbox.receivedAt, before)).limit(batchSize);
  await db.delete(inbox).where(inArray(inbox.key, old));
}
