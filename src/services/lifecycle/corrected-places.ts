import type { Destination } from '../../core/address/destination.ts';
import { memberAt, recordedDestination, withoutMember } from '../../core/address/list-member.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { groupBy } from '../../lib/group-by.ts';
import { audiencesAt } from '../corrections/list-holders.ts';
import { personAt } from '../kernel/person-destination.ts';
import { findAddress } from '../release/destinations-for.ts';

/** Where readers would be corrected. */
export interface CorrectedPlace {
  destination: Destination;
  /** As the plan calls it, or the person's name. */
  name: string;
  /** Whom the release reaches there. */
  audiences: string[];
  /** Of a list: which, and how many of its recipients. Who they are is nobody's business. */
  ofList?: { address: string; recipients: number };
}

/** The recipients of a list are one place. */
export function correctedPlaces(
  release: Release,
  corrected: readonly { destination: Destination }[],
): CorrectedPlace[] {
  const groups = groupBy(
    corrected,
    ({ destination }) => `${memberAt(destination) !== null} ${recordedDestination(destination)}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const member = memberAt(first.destination);
    const destination = withoutMember(first.destination);
    const audiences = audiencesAt(release, destination);
    const place = { destination, name: nameOf(release, destination), audiences };
    if (!member) return place;
    const ofList = { address: `${destination.channel}:${member.list}`, recipients: group.length };
    return { ...place, ofList };
  });
}

function nameOf(release: Release, destination: Destination): string {
  if (destination.kind === 'person') return personAt(release, destination)?.name ?? 'a direct message';
  return findAddress(release, destination) ?? destination.id;
}
