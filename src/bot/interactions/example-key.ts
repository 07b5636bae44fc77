import { findReleasesOf } from '../../db/queries/home.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import type { Ctx } from '../../services/kernel/context.ts';

/** What stands for the release in an example of what to type: one that this person has a role in, else a placeholder. */
export async function exampleKey({ db, actor }: Ctx): Promise<string> {
  if (actor.kind !== 'person') return 'RELEASE';
  const [id] = await findReleasesOf(db, actor.personId);
  const release = id === undefined ? null : await loadRelease(db, { id });
  return release?.key ?? 'RELEASE';
}
