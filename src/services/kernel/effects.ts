import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import type { PostedMessage } from '../../core/address/posted-message.ts';
import type { Card } from '../../core/card/card.ts';
import { hasLapsingButton } from '../../core/card/offered-buttons.ts';
import type { FactChanges, StatedFacts } from '../../core/facts/facts.ts';
import type { ChangeCause } from '../../core/messages/correction-message.ts';
import type { MessageAbout } from '../../core/messages/message-about.ts';
import { deliveryFacts } from '../../db/schema/facts.ts';
import { cards, deliveries, timers } from '../../db/schema/outbox.ts';
import { releases } from '../../db/schema/release.ts';
import { aboutRelease } from './about-release.ts';
import { offerKind } from './offer-kind.ts';
import { isList, recipientsOf } from './recipients.ts';
import type { Scope } from './scope.ts';

/**
 * Puts a message into the outbox, once for each destination, in this order; a list becomes its recipients.
 * `communicationId`: the item of the schedule that it carries out; `audience` and `customerFacing` are that item's;
 * `states`: the facts that it gives, which are corrected where it was read once they change.
 */
export async function deliver(
  scope: Scope,
  message: {
    releaseId: string;
    communicationId?: string | undefined;
    to: readonly Destination[];
    subject: string;
    content: Card;
    states?: StatedFacts | undefined;
    /** The kind of the live card in whose thread it belongs; where there is none yet, it stands in the channel. */
    inThreadOf?: string;
  } & Partial<Pick<MessageAbout, 'audience' | 'customerFacing'>>,
): Promise<void> {
  const { releaseId, inThreadOf, subject: item, audience = null, customerFacing = false } = message;
  const to = await recipientsOf(scope, message.to);
  const about = to.some(isOfNotifier)
    ? await aboutRelease(scope, { releaseId, item, audience, customerFacing })
    : undefined;
  for (const destination of to) {
    const replyTo = inThreadOf && (await findCard(scope, { releaseId, kind: inThreadOf, destination }));
    const row = { ...message, destination, ...(replyTo && { replyTo }) };
    await insertDelivery(scope, isOfNotifier(destination) ? { ...row, about } : row);
  }
}

/** Chat platforms need no more than the words. */
function isOfNotifier({ kind }: Destination): boolean {
  return kind === 'address';
}

/** Where a live card of a release was posted at a destination; undefined when it was not, or can't be edited. */
async function findCard(
  { tx }: Scope,
  { releaseId, kind, destination }: { releaseId: string; kind: string; destination: Destination },
): Promise<PostedMessage | undefined> {
  const { messageId, channelId } = cards;
  const [card] = await tx
    .select({ messageId, channelId })
    .from(cards)
    .where(
      and(
        eq(cards.releaseId, releaseId),
        eq(cards.kind, kind),
        eq(cards.destination, destination),
        isNull(cards.closedSince),
      ),
    );
  if (!card?.messageId || !card.channelId) return undefined;
  return { messageId: card.messageId, channelId: card.channelId };
}

/**
 * Opens a live card at each destination: its first message goes through the outbox, later states are edits. One
 * that is open there already stays the only one. A list or a group has none: it would be a picture of one moment. Returns how many
 * are new.
 */
export async function openCard(
  scope: Scope,
  card: {
    releaseId: string;
    communicationId?: string | undefined;
    kind: string;
    subjectId: string;
    to: readonly Destination[];
  },
): Promise<number> {
  const { releaseId, communicationId, kind, subjectId } = card;
  let count = 0;
  for (const destination of card.to) {
    if (isList(scope, destination) || destination.kind === 'group') continue;
    const id = scope.ctx.newId();
    const row = { id, releaseId, kind, subjectId, destination };
    const opened = await scope.tx.insert(cards).values(row).onConflictDoNothing().returning({ id: cards.id });
    if (opened.length === 0) continue;
    count += 1;
    const subject = `card:${kind}`;
    const about = isOfNotifier(destination)
      ? await aboutRelease(scope, { releaseId, item: subject, audience: null, customerFacing: false })
      : undefined;
    await insertDelivery(scope, { releaseId, communicationId, destination, subject, about, cardId: id });
  }
  return count;
}

/**
 * Puts one message into the outbox: a text, or a live card, which is drawn as it is sent. A text with buttons that
 * will be refused one day is a live card of its own. Returns the delivery's id.
 */
export async function insertDelivery(
  scope: Scope,
  row: {
    /** Null: it is of no release. */
    releaseId: string | null;
    communicationId?: string | undefined;
    destination: Destination;
    subject: string;
    content?: Card;
    about?: MessageAbout | undefined;
    cardId?: string;
    /** Below which message it is posted. */
    replyTo?: PostedMessage;
    /** The same of one that waits in the outbox before it, by its delivery's id. */
    below?: string;
    /** The facts that it gives. */
    states?: StatedFacts | undefined;
    /** Of a correction. */
    correction?: { corrects: FactChanges; cause: ChangeCause | null };
  },
): Promise<string> {
  const { releaseId, communicationId, destination, subject, content, about, replyTo, below } = row;
  const id = scope.ctx.newId();
  const isOffer =
    releaseId !== null &&
    content !== undefined &&
    hasButtons(scope, destination) &&
    hasLapsingButton(content);
  const cardId = isOffer ? await openOffer(scope, { releaseId, destination, subjectId: id }) : row.cardId;
  await scope.tx.insert(deliveries).values({
    id,
    releaseId,
    communicationId,
    destination,
    subject,
    content,
    about,
    cardId,
    replyTo,
    below,
    createdAt: new Date(scope.now),
  });
  await noteFacts(scope, { deliveryId: id, ...row });
  scope.notify({ job: 'delivery', destination });
  return id;
}

async function noteFacts(
  { tx }: Scope,
  {
    deliveryId,
    releaseId,
    states = {},
    correction,
  }: Parameters<typeof insertDelivery>[1] & { deliveryId: string },
): Promise<void> {
  if (releaseId === null || Object.keys(states).length === 0) return;
  await tx.insert(deliveryFacts).values({ deliveryId, releaseId, states, ...correction });
}

/** A place without buttons gets the words alone. One of which nothing is known yet may have some; a group's members get theirs. */
function hasButtons({ ctx }: Scope, { channel, kind }: Destination): boolean {
  return kind !== 'group' && (ctx.channels.get(channel)?.limits.buttons ?? true);
}

async function openOffer(
  { tx, ctx }: Scope,
  offer: { releaseId: string; destination: Destination; subjectId: string },
): Promise<string> {
  const id = ctx.newId();
  await tx.insert(cards).values({ id, kind: offerKind, ...offer });
  return id;
}

/**
 * Sets a timer of a kind in `src/services/timer/kinds/`; `dueAt` is epoch ms of the release's clock. `releaseId` null: it
 * is of none.
 */
export async function setTimer(
  scope: Scope,
  timer: { releaseId: string | null; kind: string; subjectId: string; dueAt: number },
): Promise<void> {
  const { releaseId, kind, subjectId, dueAt } = timer;
  const id = scope.ctx.newId();
  // While a release is paused, what is set for it is held, too.
  const paused = scope.tx
    .select({ id: releases.id })
    .from(releases)
    .where(and(eq(releases.id, releaseId ?? ''), isNotNull(releases.pausedAt)));
  const state =
    releaseId === null ? 'pending' : sql`case when exists ${paused} then 'held' else 'pending' end`;
  await scope.tx.insert(timers).values({ id, releaseId, kind, subjectId, dueAt: new Date(dueAt), state });
  scope.notify({ job: 'timer', timerId: id, revision: 1, dueAt });
}

/** Cancels the timers of a subject that have not fired; those of one kind, if it is given. */
export async function cancelTimers(scope: Scope, subjectId: string, kind?: string): Promise<void> {
  await scope.tx
    .update(timers)
    .set({ state: 'cancelled', revision: sql`${timers.revision} + 1` })
    .where(
      and(
        eq(timers.subjectId, subjectId),
        inArray(timers.state, ['pending', 'held']),
        kind === undefined ? undefined : eq(timers.kind, kind),
      ),
    );
}
