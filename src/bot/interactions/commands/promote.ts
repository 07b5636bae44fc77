import { promoteRollout } from '../../../services/rollout/promote-rollout.ts';
import { answerRefusal, answerSentence, type Command } from '../interaction.ts';
import { promotionAnswer } from '../promotion-answer.ts';
import { parsePromote } from '../words/parse-promote.ts';

export const command: Command = {
  name: 'promote',
  usage: '[release] [to 10% | full]',
  description: 'Take a rollout to its next phase',
  help: 'take the rollout to its next phase',
  position: 20,
  run: async ({ ctx, words }) => {
    const parsed = parsePromote(words);
    if (!parsed.ok) return answerSentence(parsed.message);
    const { releaseKey, target } = parsed;
    const result = await promoteRollout({ ctx, input: { releaseKey, target } });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(await promotionAnswer(ctx, result.value));
  },
};
