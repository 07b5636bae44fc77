import { command, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { type PausedRollout, pauseRollout } from '../../../services/rollout/pause-rollout.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** Asks why a rollout is paused. `reason` is what was typed already. */
export function pauseRolloutForm({ releaseKey, isMidway }: PausedRollout, reason: string): Form {
  const midway = isMidway ? ' The promotion under way is stopped where it is.' : '';
  return {
    name: 'pause-rollout',
    title: 'Pause the rollout',
    submit: 'Pause it',
    cancel: 'Cancel',
    metadata: { releaseKey },
    body: [
      paragraph(
        `${releaseKey} keeps its traffic, and nothing is promoted until somebody resumes the rollout.${midway} Messages go out as planned. You can still roll back.`,
      ),
      reasonInput('What is it waiting for? Everyone sees this.', reason),
    ],
  };
}

export const form = defineForm({
  name: 'pause-rollout',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const result = await pauseRollout({ ctx, input: { releaseKey, reason: values.reason ?? '' } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { releaseKey: key } = result.value;
    const resume = command('release', `rollout resume ${key}`);
    const card = sentenceCard(line`The rollout of ${key} is paused. Resume it with ${resume}.`);
    return { kind: 'answer', title: 'Paused', card };
  },
});
