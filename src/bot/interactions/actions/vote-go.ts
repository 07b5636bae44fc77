import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import { answerRefusal, defineAction, noAnswer } from '../interaction.ts';
import { pollValue } from '../values.ts';

export const action = defineAction({
  name: 'vote-go',
  value: pollValue,
  run: async ({ ctx, value: { pollId } }) => {
    const result = await castVote({ ctx, input: { pollId, choice: 'go', reason: null } });
    return result.ok ? noAnswer : answerRefusal(result.refusal);
  },
});
