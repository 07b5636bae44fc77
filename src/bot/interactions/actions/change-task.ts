import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkTask } from '../../../services/tasks/check-task.ts';
import { changeTaskForm } from '../forms/change-task.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { taskValue } from '../values.ts';

/** Asks what becomes of a task, of those who may say so. */
export const action = defineAction({
  name: 'change-task',
  readsOnly: true,
  opensForm: true,
  value: taskValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkTask({ ctx, input: value });
    return checked.ok
      ? answerForm(changeTaskForm(checked.value, ctx.clock.now()))
      : answerRefusal(checked.refusal);
  },
});
