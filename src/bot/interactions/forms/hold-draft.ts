import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import type { CheckedDraft } from '../../../services/approval/check-draft.ts';
import { holdDraft } from '../../../services/approval/hold-draft.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { draftMetadata, readDraft, refusedDraftForm } from '../draft-forms.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';

/** Asks why a message that customers read is put on hold. */
export function holdDraftForm({ draftId, revision, releaseKey, title }: CheckedDraft): Form {
  return {
    name: 'hold-draft',
    title: 'Hold a message',
    submit: 'Hold it',
    danger: true,
    cancel: 'Cancel',
    metadata: { draftId, revision: String(revision) },
    body: [
      paragraph(
        `“${title}” of ${releaseKey} is not sent to customers until the hold is released and it is approved.`,
      ),
      reasonInput('What has to happen first?'),
    ],
  };
}

export const form = defineForm({
  name: 'hold-draft',
  metadata: draftMetadata,
  run: async ({ ctx, values, metadata }) => {
    const result = await holdDraft({ ctx, input: { ...readDraft(metadata), reason: values.reason ?? '' } });
    if (!result.ok)
      return refusedDraftForm(ctx, result.refusal, { draftId: metadata.draftId, field: 'reason' });
    const { title, releaseKey } = result.value;
    const card = sentenceCard(`“${title}” of ${releaseKey} is on hold.`);
    return { kind: 'answer', title: 'On hold', card };
  },
});
