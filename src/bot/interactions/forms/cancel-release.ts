import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { cancelRelease } from '../../../services/lifecycle/cancel-release.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** The one confirmation of a cancellation. */
export function cancelReleaseForm({ key }: Release): Form {
  return {
    name: 'cancel-release',
    title: 'Cancel a release',
    submit: 'Cancel the release',
    danger: true,
    cancel: 'Keep it',
    metadata: { releaseKey: key },
    body: [
      paragraph(
        `This can't be undone. No more scheduled messages of ${key} are sent, an open go/no-go is closed without a decision, and every channel that had a message about it is told that it's cancelled. Its key can't be used again.`,
      ),
      reasonInput('Why is it cancelled? Those channels will see this.'),
    ],
  };
}

export const form = defineForm({
  name: 'cancel-release',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const result = await cancelRelease({ ctx, input: { releaseKey, reason: values.reason ?? '' } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { releaseKey: key, places } = result.value;
    const where = places === 1 ? 'its channel' : `${places} channels`;
    return {
      kind: 'answer',
      title: 'Cancelled',
      card: sentenceCard(`${key} is cancelled. I'll announce it in ${where}.`),
    };
  },
});
