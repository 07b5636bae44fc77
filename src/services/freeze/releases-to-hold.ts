import { underWayStates } from '../../core/release/release-state.ts';
import { listReleases, type Release } from '../../db/queries/load-release.ts';
import type { Scope } from '../kernel/scope.ts';

/** So many releases are held at most. */
const mostReleases = 500;

/** What a freeze from now until an instant (epoch ms) holds: what is being rolled out, and what would go live in it. */
export async function releasesToHold({ tx }: Scope, until: number): Promise<Release[]> {
  const { releases } = await listReleases(tx, { states: underWayStates, limit: mostReleases });
  return releases.filter(({ state, goLiveAt }) => state === 'in_progress' || goLiveAt < until);
}
