import type { Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { loadRolloutView } from '../cards/parts/load-rollout-view.ts';

/** A release's rollout as it stands now, for an answer to whoever asks. */
export async function viewRollout(ctx: Ctx, release: Release) {
  const now = ctx.clock.now();
  const hasDriver = (name: string) => ctx.driver(name) !== undefined;
  return { now, ...(await loadRolloutView(ctx.db, release, { now, hasDriver, freezes: ctx.freezes })) };
}
