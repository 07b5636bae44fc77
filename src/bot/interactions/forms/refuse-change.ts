import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { refuseChange } from '../../../services/changes/decide-change.ts';
import type { CheckedChange } from '../../../services/changes/load-change.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';

/** Asks why a late change is refused. */
export function refuseChangeForm({ requestId, releaseKey, change, by }: CheckedChange): Form {
  return {
    name: 'refuse-change',
    title: 'Refuse a late change',
    submit: 'Refuse it',
    cancel: 'Cancel',
    metadata: { requestId },
    body: [
      paragraph(`${by} asks for a change of ${releaseKey}: ${change}.`),
      reasonInput('Why not? What can be done instead?'),
    ],
  };
}

export const form = defineForm({
  name: 'refuse-change',
  metadata: z.object({ requestId: z.string() }),
  run: async ({ ctx, values, metadata: { requestId } }) => {
    const result = await refuseChange({ ctx, input: { requestId, reason: values.reason ?? '' } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { by, releaseKey } = result.value;
    const card = sentenceCard(`The scope of ${releaseKey} stays as it is, and ${by} is told why.`);
    return { kind: 'answer', title: 'Refused', card };
  },
});
