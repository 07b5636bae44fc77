import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import { type AbortedRollout, abortRollout } from '../../../services/rollout/abort-rollout.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** The one confirmation of an abort. `reason` is what was typed already. */
export function abortRolloutForm({ releaseKey, fromPercent }: AbortedRollout, reason: string): Form {
  const now =
    fromPercent === null
      ? "We don't know how much traffic it has now."
      : `It has ${describePercent(fromPercent)} % of traffic now.`;
  return {
    name: 'abort-rollout',
    title: 'Abort the rollout',
    submit: 'Abort it',
    cancel: 'Cancel',
    metadata: { releaseKey },
    body: [
      paragraph(
        `This sends all traffic of ${releaseKey} back to the previous version. ${now} The release is not rolled back: nobody is told that it failed, and it can start again with its first phase. If the version is bad, roll back instead.`,
      ),
      reasonInput('Why is it aborted?', reason),
    ],
  };
}

export const form = defineForm({
  name: 'abort-rollout',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const result = await abortRollout({ ctx, input: { releaseKey, reason: values.reason ?? '' } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { releaseKey: key } = result.value;
    const card = sentenceCard(`The abort of ${key} has started. I'll say when the live system shows it.`);
    return { kind: 'answer', title: 'Aborting', card };
  },
});
