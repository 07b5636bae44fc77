import type { Form } from '../../../core/card/form.ts';
import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { type BallotValue, ballotMetadata, toMetadata } from '../values.ts';

/** Asks why somebody does not decide. */
export function abstainForm(ballot: BallotValue): Form {
  return {
    name: 'abstain',
    title: 'Abstain',
    submit: 'Abstain',
    cancel: 'Cancel',
    metadata: toMetadata(ballot),
    body: [reasonInput('Why do you abstain? Everybody in the channel sees it.')],
  };
}

export const form = defineForm({
  name: 'abstain',
  metadata: ballotMetadata,
  run: async ({ ctx, values, metadata }) => {
    const vote = { ...metadata, choice: 'abstain' as const, reason: values.reason ?? null };
    const result = await castVote({ ctx, input: vote });
    return result.ok ? { kind: 'close' } : refusedOutcome(result.refusal, 'reason');
  },
});
