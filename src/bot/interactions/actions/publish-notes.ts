import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { preparePublication } from '../../../services/notes/publish-notes.ts';
import { publishNotesForm } from '../forms/publish-notes.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { notesValue } from '../values.ts';

/** Asks who gets the notes, of those who may publish them. */
export const action = defineAction({
  name: 'publish-notes',
  readsOnly: true,
  opensForm: true,
  value: notesValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const prepared = await preparePublication({ ctx, input: value });
    return prepared.ok ? answerForm(publishNotesForm(prepared.value)) : answerRefusal(prepared.refusal);
  },
});
