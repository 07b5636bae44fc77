import { note } from '../../../core/card/card.ts';
import { underWayStates } from '../../../core/release/release-state.ts';
import { loadRollout } from '../../../db/queries/rollouts.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { rolloutAnswer } from '../../cards/answers/rollout-answer.ts';
import { loadRolloutFacts } from '../../cards/parts/load-rollout-facts.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'status',
  usage: '[release]',
  help: 'how the rollout stands',
  position: 70,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const releaseKey = parseReleaseKey(words);
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return answerRefusal(found.refusal);
    const release = found.value;
    const rollout = await loadRollout(ctx.db, release.id);
    const hasDriver = ctx.driver(release.plan.rollout.driver) !== undefined;
    const now = ctx.clock.now();
    const facts = await loadRolloutFacts(ctx.db, { release, rollout }, { now, hasDriver });
    const { summary, blocks } = rolloutAnswer(release, rollout, now, facts);
    const isOver = !underWayStates.some((state) => state === release.state);
    const instead = note(`No release is under way. This is the last one, ${release.key}.`);
    return answerCard({ summary, blocks: releaseKey === null && isOver ? [instead, ...blocks] : blocks });
  },
};
