import { remindOnRequest } from '../../../services/go-no-go/remind-on-request.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { remindedSentence } from '../reminded-sentence.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'remind-voters',
  value: releaseValue,
  run: async ({ ctx, value: { releaseKey } }) => {
    const result = await remindOnRequest({ ctx, input: { releaseKey } });
    return result.ok ? answerSentence(remindedSentence(result.value)) : answerRefusal(result.refusal);
  },
});
