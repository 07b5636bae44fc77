import { armRollback } from '../../../services/rollout/disarm-rollback.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'arm',
  usage: '[release]',
  help: 'switch the automatic rollback on again',
  position: 694,
  run: async ({ ctx, words }) => {
    const result = await armRollback({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`The automatic rollback of ${result.value.releaseKey} is on again.`);
  },
};
