import { approveChange } from '../../../services/changes/decide-change.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { changeValue } from '../values.ts';

export const action = defineAction({
  name: 'approve-change',
  value: changeValue,
  run: async ({ ctx, value }) => {
    const result = await approveChange({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    const { releaseKey, by } = result.value;
    return answerSentence(`The scope of ${releaseKey} has changed, and ${by} is told that you approved it.`);
  },
});
