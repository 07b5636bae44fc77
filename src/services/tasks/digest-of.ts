import type { DigestTime } from '../../core/tasks/digest-times.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Services } from '../kernel/context.ts';

/** When somebody gets their digest: in their own zone, else in that of their first release, else in the usual one. */
export function digestOf(
  { digestAt, defaultZone }: Pick<Services, 'digestAt' | 'defaultZone'>,
  releases: readonly Release[],
  personId: string,
): DigestTime {
  const accounts = releases.flatMap(({ people }) =>
    people.filter((person) => person.personId === personId).flatMap(({ identities }) => identities),
  );
  const zone = accounts.find((account) => account.zone !== undefined)?.zone;
  return { time: digestAt, zone: zone ?? releases[0]?.plan.goLive.zone ?? defaultZone };
}
