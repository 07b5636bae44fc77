import { underWayStates } from '../../core/release/release-state.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { listReleases, loadRelease, type Release } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import type { Services } from '../kernel/context.ts';
import { readGates } from './read-gates.ts';

/** Gates that were read before a transaction, and what they are of: it has to be checked again inside. */
export interface GatesRead {
  releaseId: string;
  phaseIndex: number;
  gates: GateResult[];
}

/**
 * Reads the gates of a rollout under way, if a promotion of the named release would need them. It decides
 * nothing: what is wrong with the name or the release is refused in the transaction.
 */
export async function readGatesFirst(
  services: Services,
  { releaseKey }: { releaseKey: string | null },
): Promise<GatesRead | null> {
  const release = await findNamed(services, releaseKey);
  if (!release) return null;
  const { state, phaseIndex } = await loadRollout(services.db, release.id);
  if (state !== 'running') return null;
  return { releaseId: release.id, phaseIndex, gates: await readGates(services, release, phaseIndex) };
}

/** Without a key: the only release under way. */
async function findNamed({ db }: Services, key: string | null): Promise<Release | null> {
  if (key !== null) return loadRelease(db, { key });
  const { releases, more } = await listReleases(db, { states: underWayStates, limit: 1 });
  return more ? null : (releases[0] ?? null);
}
