import { loadRollout } from '../../../db/queries/rollouts.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { rolloutAnswer } from '../../cards/answers/rollout-answer.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'status',
  usage: '[release]',
  help: 'how the rollout stands',
  position: 70,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const rollout = await loadRollout(ctx.db, found.value.id);
    const hasDriver = ctx.driver(found.value.plan.rollout.driver) !== undefined;
    return answerCard(rolloutAnswer(found.value, rollout, ctx.clock.now(), { hasDriver }));
  },
};
