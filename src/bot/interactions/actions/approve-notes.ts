import { approveNotes } from '../../../services/notes/approve-notes.ts';
import { answerCard, answerRefusal, defineAction } from '../interaction.ts';
import { notesAnswer } from '../notes-answer.ts';
import { notesValue } from '../values.ts';

export const action = defineAction({
  name: 'approve-notes',
  value: notesValue,
  run: async ({ ctx, value }) => {
    const result = await approveNotes({ ctx, input: value });
    return result.ok
      ? answerCard(await notesAnswer(ctx, result.value.releaseKey))
      : answerRefusal(result.refusal);
  },
});
