import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkBallot } from '../../../services/go-no-go/check-ballot.ts';
import { conditionalGoForm } from '../forms/conditional-go.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { ballotValue } from '../values.ts';

/** Asks for the condition, of those who may vote. */
export const action = defineAction({
  name: 'vote-conditional',
  readsOnly: true,
  opensForm: true,
  value: ballotValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const allowed = await checkBallot({ ctx, input: { pollId: value.pollId } });
    return allowed.ok ? answerForm(conditionalGoForm(value, allowed.value)) : answerRefusal(allowed.refusal);
  },
});
