import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { markTaskDone } from '../../../services/tasks/settle-task.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { taskValue } from '../values.ts';

export const action = defineAction({
  name: 'task-done',
  value: taskValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const result = await markTaskDone({ ctx, input: { ...value, evidence: null } });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`“${result.value.title}” of ${result.value.releaseKey} is done.`);
  },
});
