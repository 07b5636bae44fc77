import * as z from 'zod';
import { decideFreeze } from '../../../services/freeze/decide-freeze.ts';
import { decidedSentence } from '../freeze-answers.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';

export const action = defineAction({
  name: 'withdraw-freeze',
  value: z.object({ requestId: z.uuid() }),
  run: async ({ ctx, value }) => {
    const result = await decideFreeze({ ctx, input: { ...value, decision: 'withdraw' } });
    return result.ok ? answerSentence(decidedSentence(result.value)) : answerRefusal(result.refusal);
  },
});
