import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { findReleasesOf } from '../../db/queries/home.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import type { Ctx } from '../../services/kernel/context.ts';

/** How a promotion is typed, with a release that this person has a role in, or else a placeholder. */
export async function promoteExamples(ctx: Ctx): Promise<Line> {
  const key = (await ownReleaseKey(ctx)) ?? 'RELEASE';
  const promote = (args: string) => command('promote', args);
  return line`Say for example: ${promote(key)}, ${promote(`${key} to 10%`)} or ${promote(`${key} full`)}.`;
}

async function ownReleaseKey({ db, actor }: Ctx): Promise<string | null> {
  if (actor.kind !== 'person') return null;
  const [id] = await findReleasesOf(db, actor.personId);
  const release = id === undefined ? null : await loadRelease(db, { id });
  return release?.key ?? null;
}
