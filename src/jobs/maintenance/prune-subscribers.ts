import { and, eq, lt } from 'drizzle-orm';
import { subscribers } from '../../db/schema/subscriptions.ts';
import { confirmWithinMs } from '../../services/kernel/subscription-links.ts';
import type { JobServices } from '../job-services.ts';

/** How long a link by which somebody has left a list still says so. Milliseconds: thirty days. */
const leftKeptMs = 30 * 24 * 60 * 60_000;

/** Forgets the addresses that nobody confirmed, and what is left of those who have left. */
export async function pruneSubscribers({ db, clock }: Pick<JobServices, 'db' | 'clock'>): Promise<void> {
  const { source, state, askedAt, unsubscribedAt } = subscribers;
  const unconfirmed = and(eq(state, 'pending'), lt(askedAt, new Date(clock.wall() - confirmWithinMs)));
  await db.delete(subscribers).where(and(unconfirmed, eq(source, 'self')));
  // Whom the configuration names, and who had left, has left still.
  await db
    .update(subscribers)
    .set({ state: 'unsubscribed', askedAt: null })
    .where(and(unconfirmed, eq(source, 'configured')));
  const before = new Date(clock.now() - leftKeptMs);
  await db
    .delete(subscribers)
    .where(and(eq(state, 'unsubscribed'), eq(source, 'self'), lt(unsubscribedAt, before)));
}
