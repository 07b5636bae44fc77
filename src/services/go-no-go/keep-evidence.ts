import { evidenceDigest } from '../../core/go-no-go/evidence.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { pollEvidence } from '../../db/schema/go-no-go.ts';
import type { Scope } from '../kernel/scope.ts';
import { collectEvidence } from './collect-evidence.ts';

/** Stores what is known of a release now, unless the same is stored already. Returns its digest. */
export async function keepEvidence(scope: Scope, release: Release): Promise<string> {
  const body = await collectEvidence(scope.tx, release, scope.now);
  const digest = evidenceDigest(body);
  await scope.tx
    .insert(pollEvidence)
    .values({ releaseId: release.id, digest, body, collectedAt: new Date(scope.now) })
    .onConflictDoNothing();
  return digest;
}
