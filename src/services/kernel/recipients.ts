import type { Destination } from '../../core/address/destination.ts';
import { memberAt, readMember, writeMember } from '../../core/address/list-member.ts';
import { findSubscriber, loadMembers, type SubscriberList } from '../../db/queries/subscribers.ts';
import { subscribers } from '../../db/schema/subscriptions.ts';
import type { Scope } from './scope.ts';

/** So many rows are written at a time. */
const batchSize = 500;

/** Whether a destination is a list, whose recipients get a message each. */
export function isList({ ctx }: Pick<Scope, 'ctx'>, { channel, kind, id }: Destination): boolean {
  return kind === 'address' && (ctx.channels.get(channel)?.membersOf?.(id) ?? null) !== null;
}

/**
 * The places to which one message goes: a list becomes its recipients, without those who have left it. However many
 * lists somebody is on, they get it once, under the first.
 */
export async function recipientsOf(scope: Scope, to: readonly Destination[]): Promise<Destination[]> {
  const places = new Map<string, Destination>();
  for (const destination of to) {
    for (const each of await expand(scope, destination)) {
      const key = readerAt(each);
      if (!places.has(key)) places.set(key, each);
    }
  }
  return [...places.values()];
}

/** Who reads what goes to a destination, however it is written. */
export function readerAt(destination: Destination): string {
  const { channel, kind, id } = destination;
  const isAddress = kind === 'address' && id.includes('@');
  const address = isAddress ? (memberAt(destination)?.address ?? id).toLowerCase() : id;
  return `${channel} ${kind} ${address}`;
}

async function expand(scope: Scope, destination: Destination): Promise<Destination[]> {
  const { channel, kind, id } = destination;
  const membersOf = kind === 'address' ? scope.ctx.channels.get(channel)?.membersOf : undefined;
  if (!membersOf) return [destination];
  const configured = membersOf(id);
  if (configured) {
    const addresses = configured.flatMap((each) => readMember(each)?.address.toLowerCase() ?? []);
    return expandList(scope, { channel, list: id }, addresses);
  }
  const member = readMember(id);
  if (!member) return [destination];
  const row = await findSubscriber(scope.tx, { channel, ...member });
  return row?.state === 'subscribed' ? [destination] : [];
}

async function expandList(
  scope: Scope,
  of: SubscriberList,
  configured: readonly string[],
): Promise<Destination[]> {
  await noteConfigured(scope, of, configured);
  const addresses = await loadMembers(scope.tx, of, configured);
  const { channel, list } = of;
  return addresses.map((address) => ({ channel, kind: 'address', id: writeMember({ list, address }) }));
}

/** So that each has a way out, and leaving is remembered. Who asked for the list before is on it already. */
async function noteConfigured(
  { tx, ctx, now }: Scope,
  of: SubscriberList,
  configured: readonly string[],
): Promise<void> {
  const createdAt = new Date(now);
  const rows = [...new Set(configured)].map((address) => ({
    ...of,
    id: ctx.newId(),
    address,
    source: 'configured' as const,
    state: 'subscribed' as const,
    createdAt,
  }));
  for (let from = 0; from < rows.length; from += batchSize) {
    await tx
      .insert(subscribers)
      .values(rows.slice(from, from + batchSize))
      .onConflictDoNothing();
  }
}
