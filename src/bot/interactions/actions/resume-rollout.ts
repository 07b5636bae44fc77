import { resumeRollout } from '../../../services/rollout/pause-rollout.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { resumedSentence } from '../rollout-answers.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'resume-rollout',
  value: releaseValue,
  run: async ({ ctx, value: { releaseKey } }) => {
    const result = await resumeRollout({ ctx, input: { releaseKey } });
    return result.ok ? answerSentence(resumedSentence(result.value)) : answerRefusal(result.refusal);
  },
});
