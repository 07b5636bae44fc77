import * as z from 'zod';
import { loadRelease } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import type { ReleaseAct } from '../kernel/request-act.ts';
import { done } from '../kernel/result.ts';
import { checkPromotion } from './check-promotion.ts';
import { secondPersonAct, startPromotion } from './promote-rollout.ts';
import { type GatesRead, readGatesFirst } from './read-gates-first.ts';

const inputSchema = z.object({ toPercent: z.number() });

/** A promotion that takes a second person: its gates are read anew, and every condition is checked once more. */
export const promotionAct: ReleaseAct = {
  ...secondPersonAct,
  asks: 'rollout.promote',
  prepare: async (ctx, { releaseId }): Promise<GatesRead | null> => {
    const release = releaseId === null ? null : await loadRelease(ctx.db, { id: releaseId });
    return release && readGatesFirst(ctx, { releaseKey: release.key });
  },
  perform: async (scope, { release, request, requester, prepared }) => {
    const { toPercent: target } = inputSchema.parse(request.input);
    const rollout = await loadRollout(scope.tx, release.id);
    const read = prepared as GatesRead | null;
    const checked = await checkPromotion(scope, { release, rollout }, { target, read });
    if (!checked.ok) return checked;
    await startPromotion(scope, checked.value, requester);
    return done({ answer: 'It has started.', news: 'It was started at once.' });
  },
};
