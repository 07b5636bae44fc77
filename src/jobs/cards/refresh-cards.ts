import { and, asc, eq, getTableColumns, gt, isNotNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import { prepareQuery } from '../../db/prepare-query.ts';
import { cards, paces } from '../../db/schema/outbox.ts';
import { maxBackOffMs } from '../../lib/back-off.ts';
import { leftToWait, maxWaitMs } from '../../lib/left-to-wait.ts';
import type { JobServices } from '../job-services.ts';
import { editIntervalMs } from '../pace.ts';
import { hashCard, hashGist } from './hash-card.ts';
import { recordShown, recordUnchanged, type StaleCard } from './record-edit.ts';
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
    const stale = await staleCards(jobs.db, { destination: encodeDestination(destination) });
    const next = nextToDraw(stale, jobs.clock.wall(), editIntervalMs(jobs.channels, destination));
    if (!next || next.waitMs > shortWaitMs || jobs.stopping.aborted) return next?.waitMs ?? null;
    if (next.waitMs > 0) await jobs.sleep(next.waitMs);
    else await refreshCard(jobs, next.card);
  }
}

async function refreshCard(jobs: JobServices, card: StaleCard): Promise<void> {
  const { destination, messageId, channelId } = card;
  const channel = jobs.channels.get(destination.channel);
  if (!channel?.update) return recordUnchanged(jobs, card);
  const rendered = await jobs.renderLiveCard(card);
  if (!rendered) return recordUnchanged(jobs, card);
  const picture = { hash: hashCard(rendered), gist: hashGist(rendered) };
  if (picture.hash === card.renderedHash) return recordShown(jobs, card);
  const message = { messageId: messageId ?? '', channelId: channelId ?? '' };
  const outcome = await channel.update({ destination, ...message, card: rendered });
  await recordOutcome(jobs, card, { outcome, picture, intervalMs: channel.pace.editIntervalMs });
}

const limits = alias(paces, 'limits');

/** What has to be drawn at a destination: first what has not failed, then what failed longest ago. */
const staleCards = prepareQuery<{ destination: string }, FoundCard[]>('stale cards', (db) =>
  db
    .select({ card: getTableColumns(cards), editsFrom: paces.nextAt, limitedUntil: limits.nextAt })
    .from(cards)
    .leftJoin(paces, and(eq(paces.kind, 'edit'), eq(paces.destination, cards.destination)))
    .leftJoin(limits, and(eq(limits.kind, 'edit-limit'), eq(limits.destination, cards.destination)))
    .where(
      and(
        eq(cards.destination, sql.placeholder('destination')),
        gt(cards.revision, cards.renderedRevision),
        isNotNull(cards.messageId),
      ),
    )
    .orderBy(sql`${cards.notBefore} nulls first`, asc(cards.id)),
);

/** A stale card, and from when on its destination takes edits, by its pace and by a rate limit; null: it always has. */
interface FoundCard {
  card: StaleCard;
  editsFrom: Date | null;
  limitedUntil: Date | null;
}

/** The card that may be drawn first, and in how many ms; null when there is none. */
function nextToDraw(
  stale: readonly FoundCard[],
  wall: number,
  intervalMs: number,
): { card: StaleCard; waitMs: number } | null {
  const wait = (until: Date | null, longestMs: number) => leftToWait(until?.getTime() ?? 0, wall, longestMs);
  const [first, ...others] = stale.map(({ card, editsFrom, limitedUntil }) => ({
    card,
    waitMs: Math.max(
      wait(card.notBefore, maxBackOffMs),
      wait(editsFrom, intervalMs),
      wait(limitedUntil, maxWaitMs),
    ),
  }));
  if (!first) return null;
  return others.reduce((next, other) => (other.waitMs < next.waitMs ? other : next), first);
}
