import { releaseDraft } from '../../../services/approval/hold-draft.ts';
import { refusedDraft } from '../draft-answers.ts';
import { answerCard, answerSentence, defineAction } from '../interaction.ts';
import { draftValue } from '../values.ts';

/** Takes it off hold. */
export const action = defineAction({
  name: 'release-draft',
  value: draftValue,
  run: async ({ ctx, value }) => {
    const result = await releaseDraft({ ctx, input: value });
    if (!result.ok) return answerCard(await refusedDraft(ctx, result.refusal, value.draftId));
    const { title, releaseKey } = result.value;
    return answerSentence(`“${title}” of ${releaseKey} is no longer on hold. It now needs approval.`);
  },
});
