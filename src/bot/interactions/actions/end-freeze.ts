import * as z from 'zod';
import { endFreeze } from '../../../services/freeze/end-freeze.ts';
import { endedSentence } from '../freeze-answers.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';

export const action = defineAction({
  name: 'end-freeze',
  value: z.object({ name: z.string().max(80) }),
  run: async ({ ctx, value }) => {
    const result = await endFreeze({ ctx, input: value });
    return result.ok ? answerSentence(endedSentence(result.value)) : answerRefusal(result.refusal);
  },
});
