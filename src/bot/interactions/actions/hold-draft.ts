import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkDraft } from '../../../services/approval/check-draft.ts';
import { refusedDraft } from '../draft-answers.ts';
import { holdDraftForm } from '../forms/hold-draft.ts';
import { answerCard, answerForm, defineAction } from '../interaction.ts';
import { draftValue } from '../values.ts';

/** Asks for the reason, of those who may hold it. */
export const action = defineAction({
  name: 'hold-draft',
  readsOnly: true,
  opensForm: true,
  value: draftValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkDraft({ ctx, input: { ...value, change: 'draft.hold' } });
    return checked.ok
      ? answerForm(holdDraftForm(checked.value))
      : answerCard(await refusedDraft(ctx, checked.refusal, value.draftId));
  },
});
