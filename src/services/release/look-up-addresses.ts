import pMap from 'p-map';
import { notifierDestination, personEmail } from '../../core/address/address.ts';
import type { Destination } from '../../core/address/destination.ts';
import { AUDIENCE_TITLES, CHANNEL_AUDIENCES } from '../../core/plan/audiences.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { ROLE_NAMES } from '../../core/plan/roles.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Services } from '../kernel/context.ts';
import type { Directory } from '../ports/directory.ts';

/** So many questions at a time. */
const concurrency = 4;

type Surroundings = Pick<Services, 'channels' | 'directories'>;

/** Where an address of a plan is. */
export interface FoundAddress {
  /** As the plan writes it, with a channel's name in place of its id. */
  address: string;
  destination: Destination;
}

/**
 * Finds every address to which a plan sends something, with a sentence for each that can't be posted to. `names`: what
 * people call those that the plan names by an id.
 */
export async function lookUpAddresses(
  services: Surroundings,
  plan: Plan,
): Promise<{ destinations: FoundAddress[]; names: Map<string, string>; problems: string[] }> {
  const addresses = addressesInUse(plan);
  const answers = await pMap(
    addresses,
    (address) => findPlace(services, address, () => noChannel(plan, address)),
    { concurrency },
  );
  const names = new Map<string, string>();
  const destinations = new Map<string, FoundAddress>();
  for (const [index, answer] of answers.entries()) {
    if (typeof answer === 'string') continue;
    names.set(addresses[index] ?? '', answer.address);
    destinations.set(answer.address, answer);
  }
  // Several addresses may lack the same, such as a notifier.
  const problems = [...new Set(answers.filter((answer) => typeof answer === 'string'))];
  return { destinations: [...destinations.values()], names, problems };
}

/**
 * Polls, cards and what happens go to the audience `release`; an audience that gets nothing needs no channel. Groups of
 * roles are mentioned.
 */
function addressesInUse(plan: Plan): string[] {
  const scheduled = deriveSchedule(plan).flatMap(({ addresses }) => addresses);
  const groups = ROLE_NAMES.flatMap((role) => plan.roles[role]?.group ?? []);
  return [...new Set([...plan.channels.release, ...scheduled, ...groups])];
}

/** What was found, or in a sentence why there is nothing. `sayMissing`: where there is no such channel. */
export async function findPlace(
  services: Surroundings,
  address: string,
  sayMissing: () => string,
): Promise<FoundAddress | string> {
  for (const [platform, directory] of services.directories) {
    const wanted = directory.readAddress(address);
    if (wanted !== null) return lookUpChannel({ platform, directory }, { address, wanted, sayMissing });
  }
  const email = personEmail(address);
  if (email !== null) return lookUpPerson(services, { address, email });
  for (const [platform, directory] of services.directories) {
    const group = directory.readGroup(address);
    if (group !== null) return lookUpGroup({ platform, directory }, { address, group });
  }
  const destination = notifierDestination(address);
  if (!destination) return sayMissing();
  const { channel, id } = destination;
  if (!isNotifier(services, channel)) return unknownNotifier(channel);
  const problem = services.channels.get(channel)?.problemOf?.(id) ?? null;
  return problem === null ? { address, destination } : `Nothing can be sent to ${address}. ${problem}`;
}

async function lookUpChannel(
  { platform, directory }: { platform: string; directory: Directory },
  { address, wanted, sayMissing }: { address: string; wanted: string; sayMissing: () => string },
): Promise<FoundAddress | string> {
  const channel = await directory.findChannel(wanted);
  if (!channel) return sayMissing();
  // An id alone tells people nothing.
  const name = /[#:]/.test(address) ? address : `#${channel.name}`;
  if (!channel.isMember) return `I'm not in ${name}. Invite me with ${directory.invitation}.`;
  return { address: name, destination: { channel: platform, kind: 'channel', id: channel.id } };
}

async function lookUpPerson(
  { directories }: Surroundings,
  { address, email }: { address: string; email: string },
): Promise<FoundAddress | string> {
  for (const [channel, directory] of directories) {
    const person = await directory.findPersonByEmail(email);
    if (person) return { address, destination: { channel, kind: 'person', id: person.id } };
  }
  return `${address}: nobody in this workspace has the e-mail address ${email}.`;
}

async function lookUpGroup(
  { platform, directory }: { platform: string; directory: Directory },
  { address, group }: { address: string; group: string },
): Promise<FoundAddress | string> {
  const found = await directory.findGroup(group);
  if (!found) {
    return `There is no group ${address} that I can see. For one person, write person: and their e-mail address.`;
  }
  return { address: found.name, destination: { channel: platform, kind: 'group', id: found.id } };
}

/** Who would miss something is named: of a channel that is only a default, the plan says nothing. */
function noChannel({ channels }: Plan, address: string): string {
  const missing = `There is no channel ${address} that I can see`;
  const audiences = CHANNEL_AUDIENCES.filter((audience) => channels[audience]?.includes(address));
  if (audiences.length === 0) return `${missing}; create it or invite me.`;
  const names = listWords(audiences.map((audience) => AUDIENCE_TITLES[audience]));
  const places = listWords(audiences.map((audience) => `channels.${audience}`));
  return `${missing}. Messages for ${names} go there: create it, invite me, or name another channel (${places} in the plan).`;
}

/** A platform where people are found has addresses of its own. */
function isNotifier({ channels, directories }: Surroundings, name: string): boolean {
  return channels.has(name) && !directories.has(name);
}

function unknownNotifier(name: string): string {
  return `There is no notifier "${name}"; an operator names it under notifiers in tminus.yaml.`;
}
