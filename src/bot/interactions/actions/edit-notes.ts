import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkNotes } from '../../../services/notes/edit-notes.ts';
import { editNotesForm } from '../forms/edit-notes.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { notesValue } from '../values.ts';

/** Asks for the text, of those who may write it. */
export const action = defineAction({
  name: 'edit-notes',
  readsOnly: true,
  opensForm: true,
  value: notesValue,
  run: async ({ ctx, value }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkNotes({ ctx, input: value });
    return checked.ok ? answerForm(editNotesForm(checked.value)) : answerRefusal(checked.refusal);
  },
});
