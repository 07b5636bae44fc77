import * as z from 'zod';
import { retryOperation } from '../../../services/rollout/retry-operation.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { retriedSentence } from '../rollout-answers.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'retry-operation',
  /** `operationId` is the one on the card: whatever came after it is not repeated. */
  value: releaseValue.extend({ operationId: z.uuid() }),
  run: async ({ ctx, value }) => {
    const result = await retryOperation({ ctx, input: value });
    return result.ok ? answerSentence(retriedSentence(result.value)) : answerRefusal(result.refusal);
  },
});
