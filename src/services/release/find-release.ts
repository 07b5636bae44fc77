import { done, type Result, refuse } from '../../core/result.ts';
import { listReleases, loadRelease, type Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../context.ts';

const underWay = ['in_planning', 'approved', 'in_progress'] as const;

/** Releases that have not ended, the next to go live first. */
export function listReleasesUnderWay(ctx: Ctx): Promise<Release[]> {
  return listReleases(ctx.db.pool, { states: underWay, limit: 50 });
}

/** A release by its key, for reading; without a key the one under way. */
export async function findRelease(ctx: Ctx, key: string | null): Promise<Result<Release>> {
  if (key !== null) {
    const release = await loadRelease(ctx.db.pool, { key });
    return release
      ? done(release)
      : refuse('not-found', `There is no release "${key}". See them with /release list.`);
  }
  const releases = await listReleasesUnderWay(ctx);
  const [only] = releases;
  if (!only) return refuse('not-found', 'No release is under way. Plan one with /release new.');
  if (releases.length === 1) return done(only);
  return refuse(
    'ambiguous',
    `Which release? Say its key: ${releases.map((release) => release.key).join(', ')}.`,
  );
}
