import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { endWaiver } from '../../../services/readiness/waive-gate.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { gateValue } from '../values.ts';

export const action = defineAction({
  name: 'end-waiver',
  value: gateValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const result = await endWaiver({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`“${result.value.title}” of ${result.value.releaseKey} counts again.`);
  },
});
