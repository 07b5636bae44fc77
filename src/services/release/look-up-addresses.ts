import pMap from 'p-map';
import type { Destination } from '../../core/address/destination.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { directoryOf } from '../kernel/ask-platform.ts';
import type { Directories } from '../ports/directory.ts';

/** So many questions at a time. */
const concurrency = 4;

/** Where an address of a plan is. */
export interface FoundAddress {
  /** As the plan writes it. */
  address: string;
  destination: Destination;
}

/** Finds every address that a plan or its schedule names, with a sentence for each that can't be posted to. */
export async function lookUpAddresses(
  directories: Directories,
  plan: Plan,
): Promise<{ destinations: FoundAddress[]; problems: string[] }> {
  const named = [
    ...Object.values(plan.channels).flat(),
    ...deriveSchedule(plan).flatMap(({ addresses }) => addresses),
  ];
  const platform = 'slack';
  const directory = directoryOf({ directories }, platform);
  const problems: string[] = [];
  const destinations: FoundAddress[] = [];
  const addresses = [...new Set(named)];
  const found = await pMap(addresses, (address) => directory.findChannel(address), { concurrency });
  for (const [index, address] of addresses.entries()) {
    const channel = found[index];
    if (!channel) problems.push(`There is no channel ${address} that I can see; create it or invite me.`);
    else if (!channel.isMember) problems.push(`I am not in ${address}; invite me there.`);
    else destinations.push({ address, destination: { channel: platform, kind: 'channel', id: channel.id } });
  }
  return { destinations, problems };
}
