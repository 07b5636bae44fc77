import { maxBodyLength, maxTitleLength } from '../../../core/approval/edited-text.ts';
import { note, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { headWithin } from '../../../lib/shorten-text.ts';
import { type CheckedNotes, editNotes } from '../../../services/notes/edit-notes.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { notesAnswer } from '../notes-answer.ts';
import { notesMetadata } from '../values.ts';

/** Asks for the text of the release notes, filled in with the one that they have. */
export function editNotesForm({ releaseKey, revision, text, wasApproved }: CheckedNotes): Form {
  const isCut = text.body.length > maxBodyLength;
  return {
    name: 'edit-notes',
    title: 'Release notes',
    submit: 'Save the text',
    cancel: 'Cancel',
    metadata: { releaseKey, revision: String(revision) },
    body: [
      paragraph(
        `The release notes of ${releaseKey}. ${wasApproved ? 'They are approved; a new text has to be approved again.' : 'They are published only once they are approved.'}`,
      ),
      {
        ...{ type: 'input', kind: 'text', name: 'title', label: 'Heading', initial: text.title },
        maxLength: maxTitleLength,
      },
      {
        ...{ type: 'input', kind: 'text', name: 'body', label: 'Text', multiline: true },
        initial: headWithin(text.body, maxBodyLength),
        maxLength: maxBodyLength,
        hint: `At most ${maxBodyLength.toLocaleString('en')} characters. A blank line begins a paragraph, “- ” a list item; web addresses become links.`,
      },
      ...(isCut
        ? [note('The text is longer than this field allows. Only its beginning is filled in above.')]
        : []),
    ],
  };
}

export const form = defineForm({
  name: 'edit-notes',
  metadata: notesMetadata,
  run: async ({ ctx, values, metadata: { releaseKey, revision } }) => {
    const text = { title: values.title ?? '', body: values.body ?? '' };
    const result = await editNotes({ ctx, input: { releaseKey, revision: Number(revision), ...text } });
    if (!result.ok) return refusedOutcome(result.refusal, 'body');
    return { kind: 'answer', title: 'Saved', card: await notesAnswer(ctx, releaseKey) };
  },
});
