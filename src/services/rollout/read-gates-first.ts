import { underWayStates } from '../../core/release/release-state.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { listReleases, loadRelease } from '../../db/queries/load-release.ts';
import { findRunningPhase } from '../../db/queries/rollouts.ts';
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
  const key = releaseKey ?? (await findOnlyKey(services));
  const [running] = key === null ? [] : await findRunningPhase(services.db, { key });
  const release = running && (await loadRelease(services.db, { id: running.releaseId }));
  if (!release) return null;
  return { ...running, gates: await readGates(services, release, running.phaseIndex) };
}

/** The only release under way. */
async function findOnlyKey({ db }: Services): Promise<string | null> {
  const { releases, more } = await listReleases(db, { states: underWayStates, limit: 1 });
  return more ? null : (releases[0]?.key ?? null);
}
