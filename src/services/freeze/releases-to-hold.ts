import { listUnderWay, type Release } from '../../db/queries/load-release.ts';
import type { Scope } from '../kernel/scope.ts';

/** What a freeze from now until an instant (epoch ms) holds: what is being rolled out, and what would go live in it. */
export async function releasesToHold({ tx }: Scope, until: number): Promise<Release[]> {
  const releases = await listUnderWay(tx);
  return releases.filter(({ state, goLiveAt }) => state === 'in_progress' || goLiveAt < until);
}
