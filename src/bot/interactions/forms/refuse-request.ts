import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import type { OpenRequest } from '../../../services/requests/check-request.ts';
import { decideOnRequest } from '../../../services/requests/decide-request.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { decidedRequestSentence } from '../request-answers.ts';
import { requestValue } from '../values.ts';

/** Asks why a request is refused; whoever asked reads it. */
export function refuseRequestForm({ requestId, releaseKey, personName, words }: OpenRequest): Form {
  const about = releaseKey === null ? '' : `: ${releaseKey}`;
  return {
    name: 'refuse-request',
    title: 'Refuse a request',
    submit: 'Refuse',
    cancel: 'Cancel',
    metadata: { requestId },
    body: [
      paragraph(`${personName} asks to ${words}${about}. Refused, nothing is done.`),
      reasonInput('Why? They read it.'),
    ],
  };
}

export const form = defineForm({
  name: 'refuse-request',
  metadata: requestValue,
  run: async ({ ctx, values, metadata: { requestId } }) => {
    const input = { requestId, decision: 'refuse' as const, reason: values.reason ?? '' };
    const result = await decideOnRequest({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    return { kind: 'answer', title: 'Refused', card: sentenceCard(decidedRequestSentence(result.value)) };
  },
});
