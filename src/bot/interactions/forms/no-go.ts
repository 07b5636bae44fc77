import * as z from 'zod';
import type { Form } from '../../../core/card/form.ts';
import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';

/** Asks for the reason of a no-go. */
export function noGoForm(pollId: string): Form {
  return {
    name: 'no-go',
    title: 'No-go',
    submit: 'Vote no-go',
    cancel: 'Cancel',
    metadata: { pollId },
    body: [reasonInput('Why not? What has to change?')],
  };
}

export const form = defineForm({
  name: 'no-go',
  // What names no poll is refused by the verb, which records who tried.
  metadata: z.object({ pollId: z.string() }).catch({ pollId: '' }),
  run: async ({ ctx, values, metadata: { pollId } }) => {
    const vote = { pollId, choice: 'no_go' as const, reason: values.reason ?? null };
    const result = await castVote({ ctx, input: vote });
    return result.ok ? { kind: 'close' } : refusedOutcome(result.refusal, 'reason');
  },
});
