import { and, asc, eq, inArray, or } from 'drizzle-orm';
import { subscribers } from '../schema/subscriptions.ts';
import type { Queries } from '../transaction.ts';

/** A list of a notifier. */
export interface SubscriberList {
  channel: string;
  list: string;
}

export type Subscriber = typeof subscribers.$inferSelect;

/** Whoever is on a list: those that are configured, whose addresses are given in lower case, and those who asked. */
export async function loadMembers(
  db: Queries,
  { channel, list }: SubscriberList,
  configured: readonly string[],
): Promise<string[]> {
  const isConfigured =
    configured.length === 0
      ? undefined
      : and(eq(subscribers.source, 'configured'), inArray(subscribers.address, [...configured]));
  const rows = await db
    .select({ address: subscribers.address })
    .from(subscribers)
    .where(
      and(
        eq(subscribers.channel, channel),
        eq(subscribers.list, list),
        eq(subscribers.state, 'subscribed'),
        or(eq(subscribers.source, 'self'), isConfigured),
      ),
    )
    .orderBy(asc(subscribers.createdAt), asc(subscribers.address));
  return rows.flatMap(({ address }) => address ?? []);
}

/** The row of an address on a list; undefined when it is on it neither by itself nor by the configuration. */
export async function findSubscriber(
  db: Queries,
  { channel, list, address }: SubscriberList & { address: string },
): Promise<Subscriber | undefined> {
  const isThere = and(eq(subscribers.channel, channel), eq(subscribers.list, list));
  const [row] = await db
    .select()
    .from(subscribers)
    .where(and(isThere, eq(subscribers.address, address.toLowerCase())));
  return row;
}
