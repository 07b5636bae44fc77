import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { countWords } from '../../../lib/count-words.ts';
import { listWords } from '../../../lib/list-words.ts';
import { type OverrideFacts, overrideDecision } from '../../../services/go-no-go/override-decision.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** The one confirmation of a go against the votes. */
export function overrideForm({ releaseKey, pollId, round, against, missing, isOpen }: OverrideFacts): Form {
  const votes = [
    ...(against.length > 0 ? [`No-go by ${listWords(against)}.`] : []),
    ...(missing > 0 ? [`${countWords(missing, 'vote')} missing.`] : []),
  ];
  const ends = isOpen ? ' Voting ends at once.' : '';
  return {
    name: 'override-decision',
    title: 'Override the decision',
    submit: 'Override: go',
    cancel: 'Cancel',
    metadata: { releaseKey, pollId, round: String(round) },
    body: [
      paragraph(
        `This gives ${releaseKey} a go whatever the votes.${ends} Your name and reason go into the release's channel, the decision record and the audit trail.`,
      ),
      ...(votes.length > 0 ? [paragraph(votes.join(' '))] : []),
      reasonInput('Why is it a go all the same?'),
    ],
  };
}

export const form = defineForm({
  name: 'override-decision',
  metadata: releaseMetadata.extend({ pollId: z.string(), round: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, pollId, round } }) => {
    const input = { releaseKey, reason: values.reason ?? '', pollId, round: Number(round) };
    const result = await overrideDecision({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { releaseKey: key, awaitsSignOff } = result.value;
    const standing = awaitsSignOff ? 'has a go, and has to be signed off' : 'is approved';
    return {
      kind: 'answer',
      title: 'Overridden',
      card: sentenceCard(`${key} ${standing}. The release's channel is told that it was your override.`),
    };
  },
});
