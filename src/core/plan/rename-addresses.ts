import type { Plan } from './plan.ts';

/** The plan with some of its addresses under other names, each of an audience's once. */
export function renameAddresses(plan: Plan, names: ReadonlyMap<string, string>): Plan {
  const rename = (address: string) => names.get(address) ?? address;
  const { channels, communications } = plan;
  return {
    ...plan,
    channels: changeValues(channels, (addresses) => [...new Set(addresses.map(rename))]),
    communications: {
      ...communications,
      change: changeValues(communications.change, (change) => renameChannel(change, rename)),
      add: communications.add.map((added) => renameChannel(added, rename)),
    },
  };
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
