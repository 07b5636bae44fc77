import { underWayStates } from '../../core/release/release-state.ts';
import { done, type Result, refuse } from '../../core/result.ts';
import { listReleases, loadRelease, type Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../context.ts';

/** The follow-up of a release goes on for a week after its go-live, rolled back or not. */
const followUpMs = 7 * 86_400_000;

/** Releases that have not ended, the next to go live first; then those that were rolled back and are followed up. */
export async function listReleasesUnderWay(ctx: Ctx): Promise<Release[]> {
  const [underWay, followedUp] = await Promise.all([listUnderWay(ctx), listFollowedUp(ctx)]);
  return [...underWay, ...followedUp];
}

function listUnderWay(ctx: Ctx): Promise<Release[]> {
  return listReleases(ctx.db.pool, { states: underWayStates, limit: 50 });
}

function listFollowedUp(ctx: Ctx): Promise<Release[]> {
  const after = ctx.clock.now() - followUpMs;
  return listReleases(ctx.db.pool, { states: ['rolled_back'], limit: 50, after });
}

/** A release by its key, for reading; without a key the one under way, or else the one that is followed up. */
export async function findRelease(ctx: Ctx, key: string | null): Promise<Result<Release>> {
  if (key !== null) {
    const release = await loadRelease(ctx.db.pool, { key });
    return release
      ? done(release)
      : refuse('not-found', `There is no release "${key}". See them with /release list.`);
  }
  const underWay = await listUnderWay(ctx);
  const releases = underWay.length > 0 ? underWay : await listFollowedUp(ctx);
  const [only] = releases;
  if (!only) return refuse('not-found', 'No release is under way. Plan one with /release new.');
  if (releases.length === 1) return done(only);
  return refuse(
    'ambiguous',
    `Which release? Say its key: ${releases.map((release) => release.key).join(', ')}.`,
  );
}
