import { underWayStates } from '../../core/release/release-state.ts';
import {
  findLastRelease,
  type ListedReleases,
  listFollowedUpReleases,
  listLiveReleases,
  listReleases,
  loadRelease,
  type Release,
} from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import { askWhich, maxProposed, refuseNoRelease, refuseUnknownRelease } from '../kernel/which-release.ts';
import { isReleaseCreator } from './find-creator.ts';

/** So many releases are listed. */
const maxListed = 50;

/** The releases that are of interest now. */
export interface CurrentReleases {
  /** Those that have not ended, the next to go live first. */
  underWay: ListedReleases;
  /** Those that were rolled back and are followed up. */
  followedUp: ListedReleases;
  /** What is live of each product, after its follow-up. */
  live: ListedReleases;
}

export async function listCurrentReleases(ctx: Ctx): Promise<CurrentReleases> {
  const [underWay, followedUp, live] = await Promise.all([
    listUnderWay(ctx, maxListed),
    listFollowedUp(ctx, maxListed),
    listLiveReleases(ctx.db, maxListed),
  ]);
  return { underWay, followedUp, live };
}

function listUnderWay(ctx: Ctx, limit: number): Promise<ListedReleases> {
  return listReleases(ctx.db, { states: underWayStates, limit });
}

function listFollowedUp(ctx: Ctx, limit: number): Promise<ListedReleases> {
  return listFollowedUpReleases(ctx.db, { limit, now: ctx.clock.now() });
}

/**
 * A release by its key, for reading; without a key the one under way, or else the one that was rolled back and is
 * followed up, or else what went live last.
 */
export async function findRelease(ctx: Ctx, key: string | null): Promise<Result<Release>> {
  if (key !== null) {
    const release = await loadRelease(ctx.db, { key });
    return release ? done(release) : refuseUnknownRelease(key);
  }
  const listed = await firstListed(
    () => listUnderWay(ctx, maxProposed),
    () => listFollowedUp(ctx, maxProposed),
    () => listLiveReleases(ctx.db, maxProposed),
  );
  const [only, ...others] = listed.releases;
  if (!only) {
    const last = await findLastRelease(ctx.db);
    return refuseNoRelease({ mayPlan: await isReleaseCreator(ctx), last });
  }
  return others.length === 0 ? done(only) : askWhich(listed);
}

/** The first list that has anything in it, else the last. */
async function firstListed(...lists: readonly (() => Promise<ListedReleases>)[]): Promise<ListedReleases> {
  let listed: ListedReleases = { releases: [], more: false };
  for (const list of lists) {
    listed = await list();
    if (listed.releases.length > 0) break;
  }
  return listed;
}
