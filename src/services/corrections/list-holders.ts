import type { Destination } from '../../core/address/destination.ts';
import { memberAt, recordedDestination } from '../../core/address/list-member.ts';
import type { FactName, StatedFacts } from '../../core/facts/facts.ts';
import { heldFacts, staleAfter, valuesOf } from '../../core/facts/plan-corrections.ts';
import { audienceAddresses } from '../../core/plan/audience-addresses.ts';
import { AUDIENCE_TITLES, AUDIENCES } from '../../core/plan/audiences.ts';
import { loadStatements, type StatedMessage } from '../../db/queries/facts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Services } from '../kernel/context.ts';
import { readerAt } from '../kernel/recipients.ts';
import { findAddress } from '../release/destinations-for.ts';
import { titleOf } from './correction-subject.ts';
import { factsAt } from './facts-at.ts';
import { leftToPeople } from './left-to-people.ts';

/** Readers of a release's messages, and what they hold. */
export interface Holder {
  destination: Destination;
  /** Whom the release reaches there; empty when the plan names no audience for it. */
  audiences: string[];
  /** What they were told last, by fact. */
  holds: StatedFacts;
  /** Which of it is no longer so. */
  stale: FactName[];
  /** The last message that told them anything; the one with the oldest stale fact, if there is one. */
  told: { title: string; at: number; mayHaveArrived: boolean; url: string | null };
  /** Whether what waits in the outbox corrects all of it that is corrected by itself. */
  isBeingCorrected: boolean;
  /** Whether some of it is not: customers read it, and nobody has approved the words for it. */
  isLeftToPeople: boolean;
  /** Of a list: which, and how many of its recipients hold the same. Who they are is nobody's business. */
  ofList?: { address: string; recipients: number };
}

/** Who was told what of a release and when, those with something old first. What has not been sent yet, nobody knows. */
export async function listHolders(
  services: Pick<Services, 'db' | 'channels'>,
  release: Release,
): Promise<Holder[]> {
  const said = await loadStatements(services.db, release.id);
  const places = groupBy(said, ({ destination }) => readerAt(destination));
  const holders = await Promise.all([...places.values()].map((here) => holderAt(services, release, here)));
  const found = listsAsOne(holders.flatMap((holder) => holder ?? []));
  return [
    ...found.filter(({ stale }) => stale.length > 0),
    ...found.filter(({ stale }) => stale.length === 0),
  ];
}

/** The recipients of a list who hold the same are one holder. */
function listsAsOne(holders: readonly Holder[]): Holder[] {
  const groups = groupBy(holders, ({ destination, holds, stale, isBeingCorrected, isLeftToPeople }) => {
    const isMember = memberAt(destination) !== null;
    const place = recordedDestination(destination);
    return JSON.stringify([place, isMember, holds, stale, isBeingCorrected, isLeftToPeople]);
  });
  return [...groups.values()].flatMap(([first, ...others]) => {
    const member = first && memberAt(first.destination);
    if (!first || !member) return first ?? [];
    const address = `${first.destination.channel}:${member.list}`;
    return { ...first, ofList: { address, recipients: others.length + 1 } };
  });
}

async function holderAt(
  services: Pick<Services, 'channels'>,
  release: Release,
  here: readonly StatedMessage[],
): Promise<Holder | null> {
  const read = here.filter(({ state }) => state !== 'pending' && state !== 'sending');
  const held = heldFacts(read);
  const [first] = here;
  if (!first) return null;
  const current = factsAt(release, first.destination);
  const stale = staleAfter(read, current);
  const left = leftToPeople(release, here).filter((name) => stale.includes(name));
  const isLeft = (name: FactName) => left.includes(name);
  const [oldest] = stale;
  const message = oldest ? held.get(oldest)?.statement : read.findLast(({ state }) => state !== 'failed');
  if (!message) return null;
  return {
    destination: message.destination,
    audiences: audiencesAt(release, message.destination),
    holds: valuesOf(held),
    stale,
    told: await describe(services, message),
    isBeingCorrected: !stale.every(isLeft) && staleAfter(here, current).every(isLeft),
    isLeftToPeople: left.length > 0,
  };
}

/** Titles of the audiences that a release reaches at a destination; none when its plan names none for it. */
export function audiencesAt(release: Release, destination: Destination): string[] {
  const address = findAddress(release, destination);
  if (address === undefined) return [];
  return AUDIENCES.filter((audience) => audienceAddresses(release.plan, audience).includes(address)).map(
    (audience) => AUDIENCE_TITLES[audience],
  );
}

async function describe(
  { channels }: Pick<Services, 'channels'>,
  { subject, title, at, state, posted, destination }: StatedMessage,
): Promise<Holder['told']> {
  const url = posted && (await channels.get(destination.channel)?.linkTo?.(posted));
  return { title: title ?? titleOf(subject), at, mayHaveArrived: state === 'unknown', url: url ?? null };
}
