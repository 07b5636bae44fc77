import type { Destination } from '../../core/address/destination.ts';
import { memberAt } from '../../core/address/list-member.ts';
import { type FactName, factsOf, type StatedFacts } from '../../core/facts/facts.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { waveAt } from '../../core/schedule/derive-schedule.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findAddress } from '../release/destinations-for.ts';

/** What is true for the readers at a destination of a release, if `plan` is its plan: tenants have a date of their own. */
export function factsAt(
  release: Release,
  destination: Destination,
  { plan = release.plan, names }: { plan?: Plan; names?: readonly FactName[] } = {},
): StatedFacts {
  const member = memberAt(destination);
  const address = member ? `${destination.channel}:${member.list}` : findAddress(release, destination);
  return factsOf(plan, names, address === undefined ? undefined : waveAt(plan, address));
}
