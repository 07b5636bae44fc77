import { sql } from 'drizzle-orm';
import {
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { PostedMessage } from '../../core/address/posted-message.ts';
import type { Card } from '../../core/card/card.ts';
import type { MessageAbout } from '../../core/messages/message-about.ts';
import { destinationText, instant } from './columns.ts';
import { communications, releases } from './release.ts';

/** Everything that happens at a time. Due instants are of the release's clock. */
export const timers = pgTable(
  'timers',
  {
    id: uuid().primaryKey(),
    /** Null: it is of no release, such as a person's, who may have several. */
    releaseId: uuid().references(() => releases.id),
    /** One of `src/services/timer/kinds/`. */
    kind: text().notNull(),
    /** What it is about: a communication, a poll, a release. */
    subjectId: text().notNull(),
    dueAt: instant().notNull(),
    /** Rises when the timer is moved, so that a job for its old instant finds nothing. */
    revision: integer().notNull().default(1),
    /** `held`: its release is paused. */
    state: text().$type<'pending' | 'held' | 'done' | 'cancelled'>().notNull().default('pending'),
    /** The revision that was put into the queue; null when it has to be put there (again). */
    enqueuedRevision: integer(),
    attempts: integer().notNull().default(0),
    /** Not tried again before this instant of the wall clock, after a failure. */
    notBefore: instant(),
    error: text(),
  },
  (table) => [
    index('timers_due').on(table.dueAt).where(sql`${table.state} = 'pending'`),
    index('timers_subject').on(table.subjectId),
  ],
);

/** How far a delivery is. */
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown';

/** The outbox: one message to one destination. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuid().primaryKey(),
    /** Order within a destination. */
    seq: bigserial({ mode: 'number' }).notNull(),
    releaseId: uuid().references(() => releases.id),
    /** The item of the schedule that it carries out; null when it is of none. */
    communicationId: uuid().references(() => communications.id),
    destination: destinationText().notNull(),
    /** What it is, for people: a communication's key, `decision`, `operation`. */
    subject: text().notNull(),
    /** The message; null for a live card that is rendered from other rows as it is sent. */
    content: jsonb().$type<Card>(),
    /** What it is about, for a notifier; null where none carries it, and for what is of no release. */
    about: jsonb().$type<MessageAbout>(),
    cardId: uuid(),
    /** The message below which it is posted; null: it stands by itself. */
    replyTo: jsonb().$type<PostedMessage>(),
    /** The delivery below whose message it is posted, where that was not known yet: `replyTo` follows from it as it is claimed. */
    below: uuid(),
    /** `unknown`: it may have arrived, and only a person can say. */
    state: text().$type<DeliveryState>().notNull().default('pending'),
    attempts: integer().notNull().default(0),
    /** Wall clock. */
    notBefore: instant(),
    /** Wall clock: when the last attempt began, or was seen to be still its process's own. */
    sendingAt: instant(),
    /** The process that makes an attempt; null while none is made. */
    claimedBy: uuid(),
    /** The release's clock at the first attempt: a look-up need not go back further. */
    sendingSince: instant(),
    createdAt: instant().notNull(),
    /** Wall clock: when it first could not be posted. */
    failingSince: instant(),
    /** Wall clock: when the release manager was notified that it has been waiting for long. */
    delayNotifiedAt: instant(),
    sentAt: instant(),
    messageId: text(),
    channelId: text(),
    error: text(),
  },
  (table) => [
    index('deliveries_open')
      .on(table.destination, table.seq)
      .where(sql`${table.state} in ('pending', 'sending')`),
    index('deliveries_release').on(table.releaseId, table.seq),
    index('deliveries_communication').on(table.communicationId),
    index('deliveries_unknown').on(table.releaseId).where(sql`${table.state} = 'unknown'`),
  ],
);

/** A live message, edited in place. It is stale while `revision` is ahead of `renderedRevision`. */
export const cards = pgTable(
  'cards',
  {
    id: uuid().primaryKey(),
    releaseId: uuid().references(() => releases.id),
    kind: text().notNull(),
    subjectId: text().notNull(),
    destination: destinationText().notNull(),
    /** Null until the first message was sent. */
    messageId: text(),
    channelId: text(),
    revision: integer().notNull().default(1),
    renderedRevision: integer().notNull().default(0),
    /** Hash of what was last shown: an edit that would change nothing is not made. */
    renderedHash: text(),
    /** Hash of the part of it for which a card that can't be edited is posted anew. */
    renderedGist: text(),
    /** Wall clock: since when the message can't be edited because its place is closed; null when it can. */
    closedSince: instant(),
    /** Wall clock: since when the channel refuses what it has to show; null when it does not. */
    refusedSince: instant(),
    /** Wall clock: since when the plan names other places for it; null when it is where it should be. */
    leftSince: instant(),
    /** The message before, which can't be edited and will point to the one that is being posted. */
    replaces: jsonb().$type<PostedMessage>(),
    attempts: integer().notNull().default(0),
    notBefore: instant(),
    error: text(),
  },
  (table) => [
    uniqueIndex('cards_subject').on(table.kind, table.subjectId, table.destination),
    index('cards_stale').on(table.destination).where(sql`${table.revision} > ${table.renderedRevision}`),
    index('cards_release').on(table.releaseId),
    index('cards_message').on(table.messageId),
  ],
);

/** `edit-limit`: a rate limit, which may be longer than any pace. One of posts is the message's own wait. */
export type PaceKind = 'post' | 'edit' | 'edit-limit';

/** When a destination may be posted to, or edited at, again; of the wall clock. A channel's pace and rate limits. */
export const paces = pgTable(
  'paces',
  {
    kind: text().$type<PaceKind>().notNull(),
    destination: destinationText().notNull(),
    nextAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.destination] })],
);
