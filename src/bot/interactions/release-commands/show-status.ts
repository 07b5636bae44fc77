import { note } from '../../../core/card/card.ts';
import { underWayStates } from '../../../core/release/release-state.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { rolloutAnswer } from '../../cards/answers/rollout-answer.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { viewRollout } from '../view-rollout.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'status',
  usage: '[release]',
  help: 'how the rollout is going',
  position: 700,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const releaseKey = parseReleaseKey(words);
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return answerRefusal(found.refusal);
    const release = found.value;
    const { rollout, now, facts } = await viewRollout(ctx, release);
    const { summary, blocks } = rolloutAnswer(release, rollout, now, facts);
    const isOver = !underWayStates.some((state) => state === release.state);
    const instead = note(`No release is under way. This is the last one, ${release.key}.`);
    return answerCard({ summary, blocks: releaseKey === null && isOver ? [instead, ...blocks] : blocks });
  },
};
