import { editDraft } from '../../../services/approval/edit-draft.ts';
import { refusedDraft } from '../draft-answers.ts';
import { answerCard, answerSentence, defineAction } from '../interaction.ts';
import { draftValue } from '../values.ts';

/** Drops the text that was typed, for the template's. */
export const action = defineAction({
  name: 'restore-draft',
  value: draftValue,
  run: async ({ ctx, value }) => {
    const result = await editDraft({ ctx, input: { ...value, text: null } });
    if (!result.ok) return answerCard(await refusedDraft(ctx, result.refusal, value.draftId));
    const { title, releaseKey } = result.value;
    return answerSentence(
      `“${title}” of ${releaseKey} has the template's text again. It now needs approval.`,
    );
  },
});
