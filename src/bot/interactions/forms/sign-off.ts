import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { evidenceLines } from '../../../core/go-no-go/evidence.ts';
import { outcomeWords } from '../../../core/go-no-go/poll-words.ts';
import { roleTitle } from '../../../core/plan/roles.ts';
import { type SignOffFacts, signOff } from '../../../services/go-no-go/sign-off.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { releaseMetadata } from '../values.ts';

/** What is signed, and the release's key to be typed. */
export function signOffForm({ releaseKey, role, decision, zone }: SignOffFacts): Form {
  const { outcome, decidedAt, record } = decision;
  return {
    name: 'sign-off',
    title: 'Sign off',
    submit: 'Sign off',
    cancel: 'Cancel',
    metadata: { releaseKey, decisionId: decision.id },
    body: [
      paragraph(
        line`You sign ${releaseKey} off as ${roleTitle(role)}. Decision: ${outcomeWords[outcome]}, ${localDate(decidedAt, zone)}.`,
      ),
      ...evidenceLines(record.evidence).map((one) => paragraph(one)),
      {
        type: 'input',
        kind: 'text',
        name: 'typed',
        label: `Type ${releaseKey} to sign`,
        maxLength: 100,
      },
    ],
  };
}

export const form = defineForm({
  name: 'sign-off',
  metadata: releaseMetadata.extend({ decisionId: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, decisionId } }) => {
    const input = { releaseKey, typed: values.typed ?? '', decisionId };
    const result = await signOff({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'typed');
    const { releaseKey: key, role, isComplete } = result.value;
    const rest = isComplete ? 'Both sign-offs are there.' : 'The other sign-off is still missing.';
    return {
      kind: 'answer',
      title: 'Signed',
      card: sentenceCard(`You have signed ${key} off as ${roleTitle(role)}. ${rest}`),
    };
  },
});
