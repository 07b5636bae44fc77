import type { Form } from '../../../core/card/form.ts';
import { NO_GO_CATEGORIES, type NoGoCategory } from '../../../core/go-no-go/vote.ts';
import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { type BallotValue, ballotMetadata, toMetadata } from '../values.ts';

/** Asks for the reason of a no-go, and what it is about. */
export function noGoForm(ballot: BallotValue): Form {
  return {
    name: 'no-go',
    title: 'No-go',
    submit: 'Vote no-go',
    danger: true,
    cancel: 'Cancel',
    metadata: toMetadata(ballot),
    body: [
      reasonInput('Why not? What has to change?'),
      {
        type: 'input',
        kind: 'select',
        name: 'category',
        label: 'What is it about?',
        options: Object.entries(NO_GO_CATEGORIES).map(([value, label]) => ({ value, label })),
        initial: 'other',
      },
    ],
  };
}

export const form = defineForm({
  name: 'no-go',
  metadata: ballotMetadata,
  run: async ({ ctx, values, metadata }) => {
    const category = isCategory(values.category) ? values.category : null;
    const vote = { ...metadata, choice: 'no_go' as const, reason: values.reason ?? null, category };
    const result = await castVote({ ctx, input: vote });
    return result.ok ? { kind: 'close' } : refusedOutcome(result.refusal, 'reason');
  },
});

function isCategory(value: string | null | undefined): value is NoGoCategory {
  return typeof value === 'string' && Object.hasOwn(NO_GO_CATEGORIES, value);
}
