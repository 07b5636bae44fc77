import { findChecklist } from '../../../services/readiness/check-checklist.ts';
import { checklistCard } from '../../cards/checklist/checklist-card.ts';
import { answerCard, answerRefusal, defineAction } from '../interaction.ts';
import { checklistValue } from '../values.ts';

/** One checklist, for whoever asks. */
export const action = defineAction({
  name: 'show-checklist',
  value: checklistValue,
  readsOnly: true,
  run: async ({ ctx, value }) => {
    const found = await findChecklist(ctx.db, value);
    if (!found.ok) return answerRefusal(found.refusal);
    return answerCard(checklistCard(found.value.release, found.value.list, ctx.clock.now()));
  },
});
