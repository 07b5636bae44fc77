import type { Capability } from '../core/permissions/capabilities.ts';
import { done, type Result, refuse } from '../core/result.ts';
import { listReleases, loadRelease, type Release } from '../db/queries/load-release.ts';
import { checkCapability } from './permissions.ts';
import type { Scope } from './verb.ts';

/** How a person names a release: its key, or null for "the one that is meant". */
export type ReleaseKey = string | null;

/**
 * Locks the release that an act is about and checks that the actor may. Without a key the one release
 * under way is meant; with several, the person is asked which.
 */
export async function loadForAct(
  scope: Scope,
  key: ReleaseKey,
  capability: Exclude<Capability, 'release.create' | 'release.read'>,
): Promise<Result<Release>> {
  const found = key === null ? await onlyReleaseUnderWay(scope) : await releaseByKey(scope, key);
  if (!found.ok) return found;
  const refusal = checkCapability(found.value, scope.ctx.actor, capability);
  return refusal ? { ok: false, refusal } : found;
}

async function releaseByKey(scope: Scope, key: string): Promise<Result<Release>> {
  const release = await loadRelease(scope.tx.client, { key }, { lock: true });
  return release
    ? done(release)
    : refuse('not-found', `There is no release "${key}". See them with /release list.`);
}

async function onlyReleaseUnderWay(scope: Scope): Promise<Result<Release>> {
  const releases = await listReleases(scope.tx.client, {
    states: ['in_planning', 'approved', 'in_progress'],
    limit: 10,
  });
  const [only] = releases;
  if (!only) return refuse('not-found', 'No release is under way. Plan one with /release new.');
  if (releases.length === 1) return releaseByKey(scope, only.key);
  const keys = releases.map((release) => release.key).join(', ');
  return refuse('ambiguous', `Which release? Say its key: ${keys}.`);
}
