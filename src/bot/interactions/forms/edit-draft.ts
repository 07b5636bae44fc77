import { maxBodyLength, maxTitleLength } from '../../../core/approval/edited-text.ts';
import { note, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import type { CheckedDraft } from '../../../services/approval/check-draft.ts';
import { editDraft } from '../../../services/approval/edit-draft.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { draftMetadata, readDraft, refusedDraftForm } from '../draft-forms.ts';
import { defineForm } from '../interaction.ts';

/** Asks for the text of a message that customers read, filled in with the one that it has. */
export function editDraftForm(draft: CheckedDraft): Form {
  const { draftId, revision, releaseKey, title, text, isCut, isApproved } = draft;
  return {
    name: 'edit-draft',
    title: 'Edit a message',
    submit: 'Save the text',
    cancel: 'Cancel',
    metadata: { draftId, revision: String(revision) },
    body: [
      paragraph(
        `“${title}” of ${releaseKey}, for customers. ${isApproved ? 'It is approved; a new text has to be approved again.' : 'It goes out only once it is approved.'}`,
      ),
      {
        type: 'input',
        kind: 'text',
        name: 'title',
        label: 'Heading',
        initial: text.title,
        maxLength: maxTitleLength,
      },
      {
        type: 'input',
        kind: 'text',
        name: 'body',
        label: 'Text',
        multiline: true,
        initial: text.body,
        maxLength: maxBodyLength,
        hint: `At most ${maxBodyLength.toLocaleString('en')} characters. A blank line begins a paragraph, “- ” a list item; web addresses become links.`,
      },
      note(
        'Everything is sent as typed: {{placeholders}} and formatting marks are not filled in or interpreted, and dates no longer follow go-live.',
      ),
      ...(isCut
        ? [note('The current text is longer than this field allows. Only its beginning is filled in above.')]
        : []),
    ],
  };
}

export const form = defineForm({
  name: 'edit-draft',
  metadata: draftMetadata,
  run: async ({ ctx, values, metadata }) => {
    const text = { title: values.title ?? '', body: values.body ?? '' };
    const result = await editDraft({ ctx, input: { ...readDraft(metadata), text } });
    if (!result.ok)
      return refusedDraftForm(ctx, result.refusal, { draftId: metadata.draftId, field: 'body' });
    const { title, releaseKey, wasApproved } = result.value;
    const next = wasApproved ? 'It has to be approved again.' : 'It still needs approval.';
    const card = sentenceCard(`The text of “${title}” of ${releaseKey} is saved. ${next}`);
    return { kind: 'answer', title: 'Saved', card };
  },
});
