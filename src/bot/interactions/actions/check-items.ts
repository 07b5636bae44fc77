import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkChecklist, findChecklist } from '../../../services/readiness/check-checklist.ts';
import { checkItemForm } from '../check-item-form.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { checklistValue } from '../values.ts';

/** Asks which item of a checklist is settled, of those who may say so. */
export const action = defineAction({
  name: 'check-items',
  readsOnly: true,
  opensForm: true,
  value: checklistValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkChecklist({ ctx, input: value });
    if (!checked.ok) return answerRefusal(checked.refusal);
    const found = await findChecklist(ctx.db, value);
    if (!found.ok) return answerRefusal(found.refusal);
    const { release, list } = found.value;
    return answerForm(checkItemForm(release, list, { actor: ctx.actor }));
  },
});
