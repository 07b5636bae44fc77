import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import { isPast } from '../../db/queries/is-past.ts';
import { cards, paces } from '../../db/schema/outbox.ts';
import { leftToWait } from '../../lib/left-to-wait.ts';
import type { JobServices } from '../job-services.ts';
import { hashCard, hashGist } from './hash-card.ts';
import { recordUnchanged, type StaleCard } from './record-edit.ts';
import { recordOutcome } from './record-outcome.ts';

/** Waits up to this long are slept through within the job; longer ones become a delayed job. */
const shortWaitMs = 2_000;

/**
 * Brings the live cards of one destination up to date. Renders the present state, so that any number of changes
 * since the last edit cost one. Returns in how many ms it wants to run again; null when all are fresh. Cards in a
 * channel that can't edit stay as they were posted; one whose message can't be edited is posted anew.
 */
export async function refreshCards(jobs: JobServices, destination: Destination): Promise<number | null> {
  for (;;) {
    const wait = await millisecondsToWait(jobs, destination);
    if (wait === null || wait > shortWaitMs || jobs.stopping.aborted) return wait;
    if (wait > 0) await jobs.sleep(wait);
    const card = await findStaleCard(jobs, destination);
    if (card) await refreshCard(jobs, card);
  }
}

async function refreshCard(jobs: JobServices, card: StaleCard): Promise<void> {
  const { destination, messageId, channelId } = card;
  const channel = jobs.channels.get(destination.channel);
  if (!channel?.update) return recordUnchanged(jobs, card);
  const rendered = await jobs.renderLiveCard(card);
  if (!rendered) return recordUnchanged(jobs, card);
  const picture = { hash: hashCard(rendered), gist: hashGist(rendered) };
  if (picture.hash === card.renderedHash) return recordUnchanged(jobs, card);
  const message = { messageId: messageId ?? '', channelId: channelId ?? '' };
  const outcome = await channel.update({ destination, ...message, card: rendered });
  await recordOutcome(jobs, card, { outcome, picture, intervalMs: channel.pace.editIntervalMs });
}

/** What has to be drawn at a destination. */
const isStale = (destination: Destination) =>
  and(
    eq(cards.destination, destination),
    gt(cards.revision, cards.renderedRevision),
    isNotNull(cards.messageId),
  );

async function millisecondsToWait(
  { db, clock }: JobServices,
  destination: Destination,
): Promise<number | null> {
  const wall = clock.wall();
  const rows = await db.select({ notBefore: cards.notBefore }).from(cards).where(isStale(destination));
  if (rows.length === 0) return null;
  const pace = and(eq(paces.kind, 'edit'), eq(paces.destination, destination));
  const [held] = await db.select({ nextAt: paces.nextAt }).from(paces).where(pace);
  const retryMs = Math.min(...rows.map(({ notBefore }) => leftToWait(notBefore?.getTime() ?? 0, wall)));
  return Math.max(retryMs, leftToWait(held?.nextAt.getTime() ?? 0, wall));
}

async function findStaleCard(
  { db, clock }: JobServices,
  destination: Destination,
): Promise<StaleCard | null> {
  const [card] = await db
    .select()
    .from(cards)
    .where(and(isStale(destination), isPast(cards.notBefore, clock.wall())))
    .orderBy(sql`${cards.notBefore} nulls first`, asc(cards.id))
    .limit(1);
  return card ?? null;
}
