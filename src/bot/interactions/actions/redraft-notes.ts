import { redraftNotes } from '../../../services/notes/draft-release-notes.ts';
import { answerCard, answerRefusal, defineAction } from '../interaction.ts';
import { notesAnswer } from '../notes-answer.ts';
import { notesValue } from '../values.ts';

export const action = defineAction({
  name: 'redraft-notes',
  value: notesValue,
  run: async ({ ctx, value }) => {
    const result = await redraftNotes({ ctx, input: value });
    return result.ok
      ? answerCard(await notesAnswer(ctx, result.value.releaseKey))
      : answerRefusal(result.refusal);
  },
});
