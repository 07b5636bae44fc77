import { eq } from 'drizzle-orm';
import { type Card, withoutButtons } from '../../core/card/card.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { leftToWait } from '../../lib/left-to-wait.ts';
import {
  DeliveryLookupError,
  type MessageChannel,
  type PostedMessage,
  type SendOutcome,
} from '../../services/ports/message-channel.ts';
import { hashCard, hashGist } from '../cards/hash-card.ts';
import type { JobServices } from '../job-services.ts';
import type { ClaimedDelivery } from './claim-delivery.ts';
import { claimedRow } from './claimed-row.ts';
import { type ForMember, forMember } from './for-member.ts';

/**
 * A claim that was seen to be ours less than this ago can't have been taken over: that takes `leftBehindAfterMs`.
 * From this age on it is renewed before the message is sent.
 */
const freshMs = 1_000;
/**
 * A request that was begun is over by then: the longest takes ten seconds, and it begins while its claim is fresh. One
 * whose process was killed may still be on its way, so a look-up before does not say that the message will not come.
 */
const requestOverAfterMs = 11_000;

/** What was posted; `rendered` is null unless it is a live card whose picture is known. */
export type Sent = { result: 'sent'; rendered: RenderedCard | null } & PostedMessage;
/** What a live card showed when it was posted. */
export interface RenderedCard {
  revision: number;
  hash: string;
  gist: string;
}
/** What came of an attempt, or of the look-up before it, instead of a message. */
export type AttemptFailure =
  | Exclude<SendOutcome, { result: 'sent' | 'unknown' }>
  /** It will be looked up. `retryAfterMs`: the channel said when. */
  | { result: 'unknown'; detail: string; retryAfterMs?: number | undefined }
  /** It may have arrived, and the channel has no look-up: a person has to say. */
  | { result: 'unsettled'; detail: string }
  /** Its recipient has left the list: nobody has to know. */
  | { result: 'withdrawn'; detail: string };

/**
 * One attempt; null when another drain has taken the delivery over. What may have arrived before is looked up first.
 * What it throws was thrown before anything was sent.
 */
export async function attemptDelivery(
  jobs: JobServices,
  delivery: ClaimedDelivery,
): Promise<Sent | AttemptFailure | null> {
  const channel = jobs.channels.get(delivery.destination.channel);
  if (!channel) {
    const detail = `no message channel "${delivery.destination.channel}" is configured`;
    return { result: delivery.mayHaveArrived ? 'unknown' : 'not-sent', detail };
  }
  if (delivery.mayHaveArrived && !channel.knowsRepeats) {
    const found = await lookUpUntilOver(jobs, channel, delivery);
    if (found) return found;
  }
  const member = await forMember(jobs, delivery);
  if (!member.mayBeSent) return { result: 'withdrawn', detail: 'the recipient has left the list' };
  const { content, rendered } = await contentOf(jobs, delivery);
  if (!content) return { result: 'refused', code: 'nothing-to-show', detail: 'its subject is gone' };
  if (!(await keepClaim(jobs, delivery))) return null;
  const outcome = await post(jobs, { channel, delivery, content, member });
  if (outcome.result === 'sent') return { ...outcome, rendered };
  const isSettledLater = channel.find || channel.knowsRepeats;
  return outcome.result === 'unknown' && !isSettledLater ? { ...outcome, result: 'unsettled' } : outcome;
}

interface Post {
  channel: MessageChannel;
  delivery: ClaimedDelivery;
  content: Card;
  member: ForMember & { mayBeSent: true };
}

/** A channel that throws, which none should, leaves open what it has done. */
async function post(jobs: JobServices, { channel, delivery, content, member }: Post): Promise<SendOutcome> {
  const card = member.withLinks(channel.limits.buttons ? content : withoutButtons(content));
  const { id: deliveryId, destination, replyTo, about } = delivery;
  const { unsubscribeUrl } = member;
  const isStillOurs = () => keepClaim(jobs, delivery);
  try {
    return await channel.post({
      destination,
      card,
      deliveryId,
      about: about ?? undefined,
      unsubscribeUrl,
      replyTo,
      isStillOurs,
    });
  } catch (error) {
    return { result: 'unknown', detail: errorMessage(error) };
  }
}

/** Null when it is certainly not there, and no request that may bring it is under way any more. */
async function lookUpUntilOver(
  { clock, settings, sleep }: JobServices,
  channel: MessageChannel,
  delivery: ClaimedDelivery,
): Promise<Sent | AttemptFailure | null> {
  const found = await lookUp(channel, delivery);
  const longestMs = Math.min(requestOverAfterMs, settings.claimLeaseMs);
  const leftMs = leftToWait(delivery.interruptedAt + longestMs, clock.wall(), longestMs);
  if (found || leftMs === 0) return found;
  await sleep(leftMs);
  return lookUp(channel, delivery);
}

/** Null when it is certainly not there. */
async function lookUp(
  channel: MessageChannel,
  { id: deliveryId, destination, since, replyTo }: ClaimedDelivery,
): Promise<Sent | AttemptFailure | null> {
  if (!channel.find) return { result: 'unsettled', detail: 'tminus was interrupted while it was sending' };
  try {
    const found = await channel.find({ destination, deliveryId, since, replyTo });
    return found ? { result: 'sent', ...found, rendered: null } : null;
  } catch (error) {
    return {
      result: 'unknown',
      detail: `look-up failed: ${errorMessage(error)}`,
      retryAfterMs: error instanceof DeliveryLookupError ? error.retryAfterMs : undefined,
    };
  }
}

/** The message; a live card is rendered from the present state. */
async function contentOf(
  jobs: JobServices,
  { content, cardId }: ClaimedDelivery,
): Promise<{ content: Card | null; rendered: RenderedCard | null }> {
  if (cardId === null) return { content, rendered: null };
  const { kind, subjectId, destination, revision, leftSince } = cards;
  const [card] = await jobs.db
    .select({ kind, subjectId, destination, revision, leftSince })
    .from(cards)
    .where(eq(cards.id, cardId));
  const drawn = card ? await jobs.renderLiveCard(card) : null;
  if (!card || !drawn) return { content: null, rendered: null };
  return {
    content: drawn,
    rendered: { revision: card.revision, hash: hashCard(drawn), gist: hashGist(drawn) },
  };
}

/** Renews a lease of which a part has passed, by a look-up or by drawing a card. False: it belongs to another drain. */
async function keepClaim({ db, clock, settings }: JobServices, delivery: ClaimedDelivery): Promise<boolean> {
  const wall = clock.wall();
  if (wall - delivery.claimedAt <= freshMs) return true;
  const renewed = await db
    .update(deliveries)
    .set({ notBefore: new Date(wall + settings.claimLeaseMs), sendingAt: new Date(wall) })
    .where(claimedRow(delivery))
    .returning({ id: deliveries.id });
  if (renewed.length > 0) delivery.claimedAt = wall;
  return renewed.length > 0;
}
