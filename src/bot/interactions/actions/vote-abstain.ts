import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkBallot } from '../../../services/go-no-go/check-ballot.ts';
import { abstainForm } from '../forms/abstain.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { ballotValue } from '../values.ts';

/** Asks why, of those who may vote. */
export const action = defineAction({
  name: 'vote-abstain',
  readsOnly: true,
  opensForm: true,
  value: ballotValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const allowed = await checkBallot({ ctx, input: { pollId: value.pollId } });
    return allowed.ok ? answerForm(abstainForm(value)) : answerRefusal(allowed.refusal);
  },
});
