import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { AUDIENCE_TITLES, type ChannelAudience } from '../../../core/plan/audiences.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { countWords } from '../../../lib/count-words.ts';
import { type PublishableNotes, publishNotes } from '../../../services/notes/publish-notes.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { notesMetadata } from '../values.ts';

/** Asks who gets the release notes. */
export function publishNotesForm({ releaseKey, revision, audiences }: PublishableNotes): Form {
  const first = audiences.find((audience) => audience === 'customers') ?? audiences[0];
  return {
    name: 'publish-notes',
    title: 'Publish release notes',
    submit: 'Publish',
    cancel: 'Cancel',
    metadata: { releaseKey, revision: String(revision) },
    body: [
      paragraph(
        `The notes of ${releaseKey} are posted as they were approved, at once and once. They can't be changed afterwards.`,
      ),
      {
        ...{ type: 'input', kind: 'select', name: 'audience', label: 'Who gets them?' },
        hint: 'Those for whom the plan names a channel.',
        options: audiences.map((audience) => ({
          value: audience,
          label: capitalize(AUDIENCE_TITLES[audience]),
        })),
        ...(first === undefined ? {} : { initial: first }),
      },
    ],
  };
}

export const form = defineForm({
  name: 'publish-notes',
  metadata: notesMetadata,
  run: async ({ ctx, values, metadata: { releaseKey, revision } }) => {
    // The verb refuses what is none, after it has checked the right.
    const audience = (values.audience ?? '') as ChannelAudience;
    const result = await publishNotes({ ctx, input: { releaseKey, revision: Number(revision), audience } });
    if (!result.ok) return refusedOutcome(result.refusal, 'audience');
    const places = countWords(result.value.places, 'place');
    const card = sentenceCard(`The release notes of ${releaseKey} are on their way to ${places}.`);
    return { kind: 'answer', title: 'Published', card };
  },
});
