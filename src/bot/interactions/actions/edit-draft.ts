import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkDraft } from '../../../services/approval/check-draft.ts';
import { refusedDraft } from '../draft-answers.ts';
import { editDraftForm } from '../forms/edit-draft.ts';
import { answerCard, answerForm, defineAction } from '../interaction.ts';
import { draftValue } from '../values.ts';

/** Asks for the text, of those who may edit it. */
export const action = defineAction({
  name: 'edit-draft',
  readsOnly: true,
  opensForm: true,
  value: draftValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkDraft({ ctx, input: { ...value, change: 'draft.edit' } });
    return checked.ok
      ? answerForm(editDraftForm(checked.value))
      : answerCard(await refusedDraft(ctx, checked.refusal, value.draftId));
  },
});
