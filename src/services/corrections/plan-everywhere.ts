import type { Destination } from '../../core/address/destination.ts';
import { IN_FIXED_WORDS } from '../../core/facts/facts.ts';
import { type CorrectionPlan, planCorrections } from '../../core/facts/plan-corrections.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { loadStatements, type StatedMessage } from '../../db/queries/facts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { groupBy } from '../../lib/group-by.ts';
import { readerAt } from '../kernel/recipients.ts';
import type { Scope } from '../kernel/scope.ts';
import { factsAt } from './facts-at.ts';
import { placesThatWantMore, readByCustomers } from './who-wants-more.ts';

/** What has to be said to one reader. */
export interface PlaceToCorrect extends CorrectionPlan<StatedMessage> {
  /** Where they read the correction; null: nothing has to be corrected, or they want no more. */
  destination: Destination | null;
  isForCustomers: boolean;
}

/**
 * What would have to be said to each reader of a release's messages if `plan` were its plan; without it, what has to be
 * said now. Reads only.
 */
export async function planEverywhere(
  scope: Scope,
  release: Release,
  plan: Plan = release.plan,
): Promise<PlaceToCorrect[]> {
  const said = await loadStatements(scope.tx, release.id);
  const findPlace = await placesThatWantMore(scope, release, said);
  const places: PlaceToCorrect[] = [];
  for (const here of groupBy(said, ({ destination }) => readerAt(destination)).values()) {
    const isForCustomers = readByCustomers(here);
    const [first] = here;
    if (!first) continue;
    const names = isForCustomers ? { names: IN_FIXED_WORDS } : {};
    const planned = planCorrections(here, factsAt(release, first.destination, { plan, ...names }));
    const isStale = Object.keys(planned.correct).length > 0;
    places.push({ ...planned, isForCustomers, destination: isStale ? await findPlace(here) : null });
  }
  return places;
}
