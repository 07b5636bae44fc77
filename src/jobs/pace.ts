import type { Destination } from '../core/address/destination.ts';
import { type PaceKind, paces } from '../db/schema/outbox.ts';
import type { Queries } from '../db/transaction.ts';
import type { MessageChannels } from '../services/ports/message-channel.ts';

/** Nothing of this kind is sent to the destination before `nextAt`, epoch ms of the wall clock. */
export async function setPace(
  db: Queries,
  { kind, destination }: { kind: PaceKind; destination: Destination },
  nextAt: number,
): Promise<void> {
  const at = new Date(nextAt);
  await db
    .insert(paces)
    .values({ kind, destination, nextAt: at })
    .onConflictDoUpdate({ target: [paces.kind, paces.destination], set: { nextAt: at } });
}

/** The pace at which a destination is posted to; 0 when its channel is not configured. */
export function postIntervalMs(channels: MessageChannels, { channel }: Destination): number {
  return channels.get(channel)?.pace.postIntervalMs ?? 0;
}

/** The pace at which messages of a destination are edited; 0 when its channel is not configured. */
export function editIntervalMs(channels: MessageChannels, { channel }: Destination): number {
  return channels.get(channel)?.pace.editIntervalMs ?? 0;
}
