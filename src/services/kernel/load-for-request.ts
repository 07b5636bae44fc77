import * as z from 'zod';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import { underWayStates } from '../../core/release/release-state.ts';
import {
  findLastRelease,
  listBegunReleases,
  listLiveReleases,
  listReleases,
  loadReleases,
  type Release,
} from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { listProductLocks } from '../../db/queries/product-locks.ts';
import { findRollout, type Rollout } from '../../db/queries/rollouts.ts';
import { checkRequest } from './permissions.ts';
import type { CheckRight } from './refuse-invalid.ts';
import { done, type Result } from './result.ts';
import type { Scope } from './scope.ts';
import { askWhich, maxProposed, refuseNoRelease, refuseUnknownRelease } from './which-release.ts';

/** How a person names a release: its key, or null for "the one that is meant". */
export type ReleaseKey = string | null;

/**
 * Locks the release that a request is about and checks that the actor may. Without a key the one release
 * under way is meant; with several, the person is asked which. The first thing that such a request does. `isCreator`:
 * the actor may plan releases, which gives this right, too.
 */
export async function loadForRequest(
  scope: Scope,
  key: ReleaseKey,
  capability: ReleaseCapability,
  { isCreator = false } = {},
): Promise<Result<Release>> {
  const named = await whichKey(scope, { key, capability, isCreator });
  if (!named.ok) return named;
  const release = await lockRelease(scope.tx, { key: named.value });
  return checkLoaded(scope, release, { key: named.value, capability, isCreator });
}

/** The same, with the release's rollout as it stands once the lock is held. */
export async function loadRolloutForRequest(
  scope: Scope,
  key: ReleaseKey,
  capability: ReleaseCapability,
): Promise<Result<{ release: Release; rollout: Rollout }>> {
  const named = await whichKey(scope, { key, capability, isCreator: false });
  if (!named.ok) return named;
  // Asked along with the lock, and read once that is held.
  const [release, rollout] = await Promise.all([
    lockRelease(scope.tx, { key: named.value }),
    findRollout(scope.tx, named.value),
  ]);
  const loaded = checkLoaded(scope, release, { key: named.value, capability, isCreator: false });
  if (!loaded.ok) return loaded;
  if (!rollout) throw new Error(`release ${named.value} has no rollout`);
  return done({ release: loaded.value, rollout });
}

/** Whether the actor has a right in the release that an input names, valid or not. */
export function rightTo(capability: ReleaseCapability, { isCreator = false } = {}): CheckRight {
  return async (scope, input) => {
    const named = namesRelease.safeParse(input);
    if (!named.success) return null;
    const release = await loadForRequest(scope, named.data.releaseKey, capability, { isCreator });
    return release.ok ? done(release.value.id) : release;
  };
}

const namesRelease = z.object({ releaseKey: z.string().nullable() });

function checkLoaded(
  scope: Scope,
  release: Release | null,
  { key, capability, isCreator }: { key: string; capability: ReleaseCapability; isCreator: boolean },
): Result<Release> {
  if (!release) return refuseUnknownRelease(key);
  if (isCreator) {
    scope.actWith({ to: capability, as: ['release_creator'] });
    return done(release);
  }
  const refusal = checkRequest(scope, release, capability);
  return refusal ? { ok: false, refusal } : done(release);
}

/** The release that is meant by a key, or by none. */
async function whichKey(scope: Scope, named: Named): Promise<Result<string>> {
  return (
    (await nameToRollBack(scope, named)) ?? (await nameLocked(scope, named)) ?? (await nameOf(scope, named))
  );
}

/** How a request names its release, and what for. */
interface Named {
  key: ReleaseKey;
  capability: ReleaseCapability;
  isCreator: boolean;
}

/**
 * What a rollback without a key means: the release that has traffic, whatever else is planned, or else what went live
 * last. Null when there is neither.
 */
async function nameToRollBack({ tx }: Scope, { key, capability }: Named): Promise<Result<string> | null> {
  if (key !== null || capability !== 'rollout.rollback') return null;
  const begun = await listBegunReleases(tx, maxProposed);
  const listed = begun.releases.length > 0 ? begun : await listLiveReleases(tx, maxProposed);
  const [only, ...others] = listed.releases;
  if (!only) return null;
  return others.length === 0 ? done(only.key) : askWhich(listed);
}

/** What a request about a lock without a key means: the release of the only product that is locked. Null: none is. */
async function nameLocked({ tx }: Scope, { key, capability }: Named): Promise<Result<string> | null> {
  if (key !== null || capability !== 'product.lock') return null;
  const locks = await listProductLocks(tx);
  const [only, ...others] = locks;
  if (!only) return null;
  if (others.length === 0) return done(only.releaseKey);
  const releases = await loadReleases(
    tx,
    locks.slice(0, maxProposed).map(({ releaseId }) => releaseId),
  );
  return askWhich({ releases, more: locks.length > maxProposed });
}

/** What is also asked for of the release that went live last, when none is under way. */
const afterGoLive: readonly ReleaseCapability[] = [
  'rollout.record',
  'release.reassign',
  'trail.read',
  'product.lock',
];

async function nameOf({ tx }: Scope, { key, capability, isCreator }: Named): Promise<Result<string>> {
  if (key !== null) return done(key);
  const underWay = await listReleases(tx, { states: underWayStates, limit: maxProposed });
  // What went live last may have been taken back, and somebody has to be there to do it.
  const isOver = underWay.releases.length === 0 && afterGoLive.includes(capability);
  const listed = isOver ? await listLiveReleases(tx, maxProposed) : underWay;
  const [only, ...others] = listed.releases;
  if (!only) return refuseNoRelease({ mayPlan: isCreator, last: await findLastRelease(tx) });
  return others.length === 0 ? done(only.key) : askWhich(listed);
}
