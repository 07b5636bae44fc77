import { closePoll } from '../../../services/go-no-go/close-poll.ts';
import { answerRefusal, defineAction, noAnswer } from '../interaction.ts';
import { pollValue } from '../values.ts';

export const action = defineAction({
  name: 'close-poll',
  value: pollValue,
  run: async ({ ctx, value: { pollId } }) => {
    const result = await closePoll({ ctx, input: { pollId } });
    return result.ok ? noAnswer : answerRefusal(result.refusal);
  },
});
