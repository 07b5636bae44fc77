import { addMessage } from '../../../services/evidence/add-message.ts';
import { addedSentence, addToRecordForm } from '../forms/add-to-record.ts';
import { answerForm, answerRefusal, answerSentence, type Shortcut } from '../interaction.ts';

/** Puts a message into the record of the release that it is about; asks which, where several may be meant. */
export const shortcut: Shortcut = {
  name: 'add-to-record',
  title: 'Add to the record',
  description: 'Keeps this message as evidence in the record of a release.',
  run: async ({ ctx, message }) => {
    const result = await addMessage({ ctx, input: message });
    if (!result.ok) return answerRefusal(result.refusal);
    return result.value.kind === 'added'
      ? answerSentence(addedSentence(result.value))
      : answerForm(addToRecordForm(result.value, message));
  },
};
