import * as z from 'zod';
import { drawDraft, noDraftCard } from '../draft-answers.ts';
import { answerCard, defineAction } from '../interaction.ts';

/** A draft as it is now, with what whoever asks may do. */
export const action = defineAction({
  name: 'show-draft',
  value: z.object({ draftId: z.uuid() }),
  readsOnly: true,
  run: async ({ ctx, value: { draftId } }) => answerCard((await drawDraft(ctx, draftId)) ?? noDraftCard),
});
