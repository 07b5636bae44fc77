import type { Destination } from '../../core/address/destination.ts';
import { memberAt, recordedDestination } from '../../core/address/list-member.ts';
import { FACT_NAMES, type FactName, factsOf, type StatedFacts, staleFacts } from '../../core/facts/facts.ts';
import { type Held, heldFacts } from '../../core/facts/plan-corrections.ts';
import { audienceAddresses } from '../../core/plan/audience-addresses.ts';
import { AUDIENCE_TITLES, AUDIENCES } from '../../core/plan/audiences.ts';
import { loadStatements, type StatedMessage } from '../../db/queries/facts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Services } from '../kernel/context.ts';
import { readerAt } from '../kernel/recipients.ts';
import { findAddress } from '../release/destinations-for.ts';
import { correctionSubject } from './correction-subject.ts';

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
  /** Whether what waits in the outbox corrects all of it. */
  isBeingCorrected: boolean;
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
  const groups = groupBy(holders, ({ destination, holds, stale, isBeingCorrected }) => {
    const isMember = memberAt(destination) !== null;
    return JSON.stringify([recordedDestination(destination), isMember, holds, stale, isBeingCorrected]);
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
  const stale = staleIn(release, read);
  const [oldest] = stale;
  const message = oldest ? held.get(oldest)?.statement : read.findLast(({ state }) => state !== 'failed');
  if (!message) return null;
  return {
    destination: message.destination,
    audiences: audiencesAt(release, message.destination),
    holds: valuesOf(held),
    stale,
    told: await describe(services, message),
    isBeingCorrected: stale.length > 0 && staleIn(release, here).length === 0,
  };
}

/** What readers hold that is no longer so, once they have read all of `said`. */
function staleIn(release: Release, said: readonly StatedMessage[]): FactName[] {
  const changes = staleFacts(valuesOf(heldFacts(said)), factsOf(release.plan));
  return FACT_NAMES.filter((name) => changes[name] !== undefined);
}

function valuesOf(held: Held<StatedMessage>): StatedFacts {
  return Object.fromEntries([...held].map(([name, { value }]) => [name, value]));
}

function audiencesAt(release: Release, destination: Destination): string[] {
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

/** What a message is called that is not of the schedule. */
function titleOf(subject: string): string {
  const titles: Record<string, string> = {
    planned: 'Release planned',
    edited: 'Plan changed',
    rescheduled: 'Go-live moved',
    [correctionSubject]: 'Correction',
  };
  return titles[subject] ?? subject;
}
