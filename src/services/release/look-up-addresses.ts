import pMap from 'p-map';
import { notifierDestination } from '../../core/address/address.ts';
import type { Destination } from '../../core/address/destination.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { directoryOf } from '../kernel/ask-platform.ts';
import type { Services } from '../kernel/context.ts';

/** So many questions at a time. */
const concurrency = 4;
/** Where channels are that a plan names by `#name`. */
const platform = 'slack';

type Surroundings = Pick<Services, 'channels' | 'directories'>;

/** Where an address of a plan is. */
export interface FoundAddress {
  /** As the plan writes it. */
  address: string;
  destination: Destination;
}

/** Finds every address that a plan or its schedule names, with a sentence for each that can't be posted to. */
export async function lookUpAddresses(
  services: Surroundings,
  plan: Plan,
): Promise<{ destinations: FoundAddress[]; problems: string[] }> {
  const named = [
    ...Object.values(plan.channels).flat(),
    ...deriveSchedule(plan).flatMap(({ addresses }) => addresses),
  ];
  const addresses = [...new Set(named)];
  const found = await pMap(addresses, (address) => lookUp(services, address), { concurrency });
  const problems = found.filter((entry) => typeof entry === 'string');
  const destinations = found.flatMap((destination, index): FoundAddress[] => {
    return typeof destination === 'string' ? [] : [{ address: addresses[index] ?? '', destination }];
  });
  return { destinations, problems };
}

/** The destination, or in a sentence why there is none. */
async function lookUp(services: Surroundings, address: string): Promise<Destination | string> {
  const notified = notifierDestination(address);
  if (notified) return isNotifier(services, notified.channel) ? notified : unknownNotifier(notified.channel);
  const directory = directoryOf(services, platform);
  const channel = await directory.findChannel(address);
  if (!channel) return `There is no channel ${address} that I can see; create it or invite me.`;
  if (!channel.isMember) return `I am not in ${address}; invite me there with ${directory.invitation}.`;
  return { channel: platform, kind: 'channel', id: channel.id };
}

/** Where people are found, channels are named by `#name`. */
function isNotifier({ channels, directories }: Surroundings, name: string): boolean {
  return channels.has(name) && !directories.has(name);
}

function unknownNotifier(name: string): string {
  return `There is no notifier "${name}"; an operator names it under notifiers in tminus.yaml.`;
}
