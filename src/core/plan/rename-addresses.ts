import type { Plan } from './plan.ts';

/** The plan with some of its addresses under other names, each of an audience's once. */
export function renameAddresses(plan: Plan, names: ReadonlyMap<string, string>): Plan {
  const rename = (address: string) => names.get(address) ?? address;
  const { channels, communications, tenants } = plan;
  const renameAll = (addresses: readonly string[]) => [...new Set(addresses.map(rename))];
  return {
    ...plan,
    channels: { ...channels, ...changeValues(named(channels), renameAll) },
    ...(tenants && { tenants: tenants.map((one) => ({ ...one, channels: renameAll(one.channels) })) }),
    communications: {
      ...communications,
      change: changeValues(communications.change, (change) => renameChannel(change, rename)),
      add: communications.add.map((added) => renameChannel(added, rename)),
    },
  };
}

/** The channels that a plan gives: stored ones may lack some. */
function named(channels: Plan['channels']): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(channels).flatMap(([audience, addresses]) => (addresses ? [[audience, addresses]] : [])),
  );
}

function renameChannel<Item extends { channel?: string | undefined }>(
  item: Item,
  rename: (address: string) => string,
): Item {
  return item.channel === undefined ? item : { ...item, channel: rename(item.channel) };
}

function changeValues<Key extends string, Value>(
  record: Record<Key, Value>,
  change: (value: Value) => Value,
): Record<Key, Value> {
  const entries = Object.entries<Value>(record).map(([key, value]) => [key, change(value)]);
  return Object.fromEntries(entries) as Record<Key, Value>;
}
