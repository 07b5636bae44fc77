import { checkChange } from '../../../services/changes/load-change.ts';
import { noteAbsentHolders } from '../../../services/people/note-absent-holders.ts';
import { refuseChangeForm } from '../forms/refuse-change.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { changeValue } from '../values.ts';

/** Asks for the reason, of those who may refuse it. */
export const action = defineAction({
  name: 'refuse-change',
  readsOnly: true,
  opensForm: true,
  value: changeValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkChange({ ctx, input: value });
    return checked.ok ? answerForm(refuseChangeForm(checked.value)) : answerRefusal(checked.refusal);
  },
});
