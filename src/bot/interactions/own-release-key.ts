import { findReleasesOf } from '../../db/queries/home.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import type { Ctx } from '../../services/kernel/context.ts';

/** The key of a release that this person has a role in, for an example; null when there is none. */
export async function ownReleaseKey({ db, actor }: Ctx): Promise<string | null> {
  if (actor.kind !== 'person') return null;
  const [id] = await findReleasesOf(db, actor.personId);
  const release = id === undefined ? null : await loadRelease(db, { id });
  return release?.key ?? null;
}

/** What stands for the release in an example of what to type: one that this person has a role in, else a placeholder. */
export async function exampleKey(ctx: Ctx): Promise<string> {
  return (await ownReleaseKey(ctx)) ?? 'RELEASE';
}
