import { loadRelease } from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkCapability } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { type MergedPull, RepositoryUnavailableError } from '../ports/repository-host.ts';

/**
 * What was merged into a release, where its plan says in which repository and between which tags. Nothing is asked for
 * somebody who may not write the notes. When it can't be asked, nothing is drafted: notes that lack something look whole.
 */
export async function readPulls(ctx: Ctx, releaseKey: string | null): Promise<Result<MergedPull[]>> {
  const release = releaseKey === null ? null : await loadRelease(ctx.db, { key: releaseKey });
  const repository = release?.plan.repository;
  if (!release || !repository || checkCapability(release, ctx.actor, 'notes.edit') !== null) return done([]);
  const about = { releaseId: release.id };
  const { github, from, to } = repository;
  try {
    const { pulls, isWhole } = await ctx.repositories.mergedBetween({ repository: github, from, to });
    if (isWhole) return done(pulls);
    const message = `There are more commits between ${from} and ${to} of ${github} than tminus reads, so nothing was drafted. Name a nearer tag as from in the plan.`;
    return refuse('unavailable', message, about);
  } catch (error) {
    if (!(error instanceof RepositoryUnavailableError)) throw error;
    ctx.log.warn({ note: error.message }, 'merged pull requests could not be read');
    return refuse('unavailable', `Nothing was drafted. ${error.message}`, about);
  }
}
