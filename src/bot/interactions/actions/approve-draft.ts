import { approveDraft } from '../../../services/approval/approve-draft.ts';
import { approvedAnswer, refusedDraft } from '../draft-answers.ts';
import { answerCard, defineAction } from '../interaction.ts';
import { draftValue } from '../values.ts';

export const action = defineAction({
  name: 'approve-draft',
  value: draftValue,
  run: async ({ ctx, value }) => {
    const result = await approveDraft({ ctx, input: value });
    return answerCard(
      result.ok
        ? await approvedAnswer(ctx, result.value, value.draftId)
        : await refusedDraft(ctx, result.refusal, value.draftId),
    );
  },
});
