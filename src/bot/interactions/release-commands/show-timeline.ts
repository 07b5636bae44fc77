import { findRelease } from '../../../services/release/find-release.ts';
import { timelineCard } from '../../cards/answers/timeline-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'timeline',
  usage: '[release]',
  help: 'its phases, milestones, rollout and messages in one view',
  position: 520,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    return found.ok ? answerCard(timelineCard(found.value.plan)) : answerRefusal(found.refusal);
  },
};
