import { decideOnRequest } from '../../../services/requests/decide-request.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { decidedRequestSentence } from '../request-answers.ts';
import { requestValue } from '../values.ts';

export const action = defineAction({
  name: 'approve-request',
  value: requestValue,
  run: async ({ ctx, value: { requestId } }) => {
    const result = await decideOnRequest({ ctx, input: { requestId, decision: 'approve', reason: null } });
    return result.ok ? answerSentence(decidedRequestSentence(result.value)) : answerRefusal(result.refusal);
  },
});
