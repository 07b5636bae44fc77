import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { reopenTask } from '../../../services/tasks/settle-task.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { taskValue } from '../values.ts';

export const action = defineAction({
  name: 'reopen-task',
  value: taskValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const result = await reopenTask({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`“${result.value.title}” of ${result.value.releaseKey} is open again.`);
  },
});
