import { latestDecision } from '../../../db/queries/decisions.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { decisionCard, noDecisionCard } from '../../cards/answers/decision-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'decision',
  usage: '[release]',
  help: 'the decision record: every vote, the evidence, conditions, who decided and who signed off',
  position: 602,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const decision = await latestDecision(ctx.db, found.value.id);
    return answerCard(decision ? decisionCard(found.value, decision) : noDecisionCard(found.value));
  },
};
