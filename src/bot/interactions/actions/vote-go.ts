import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import { answerRefusal, defineAction, noAnswer } from '../interaction.ts';
import { ballotValue } from '../values.ts';

export const action = defineAction({
  name: 'vote-go',
  value: ballotValue,
  run: async ({ ctx, value }) => {
    const result = await castVote({ ctx, input: { ...value, choice: 'go', reason: null } });
    return result.ok ? noAnswer : answerRefusal(result.refusal);
  },
});
