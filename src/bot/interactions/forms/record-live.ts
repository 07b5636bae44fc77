import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { WITHOUT_GO } from '../../../core/messages/recorded-message.ts';
import { listWords } from '../../../lib/list-words.ts';
import { type RecordFacts, recordDeployment } from '../../../services/rollout/record-deployment.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { recordedSentence } from '../recorded-sentence.ts';
import { releaseMetadata } from '../values.ts';

/** The one confirmation of a record that everyone has the new version. `note` is what was typed already. */
export function recordLiveForm({
  releaseKey,
  withoutGo,
  announcedIn,
  note,
}: RecordFacts & { note: string }): Form {
  const announced =
    announcedIn.length === 0
      ? ''
      : ` I'll announce at once in ${listWords(announcedIn)} that it's live for everyone.`;
  return {
    name: 'record-live',
    title: 'Record 100 %',
    submit: 'Record 100 %',
    cancel: 'Cancel',
    metadata: { releaseKey },
    body: [
      paragraph(
        `This records, as your word, that ${releaseKey} was deployed to 100 % of traffic; tminus can't check it.${announced}`,
      ),
      ...(withoutGo ? [paragraph(`${WITHOUT_GO} The record will say so.`)] : []),
      {
        type: 'input',
        kind: 'text',
        name: 'note',
        label: 'Note',
        multiline: true,
        maxLength: 3000,
        initial: note,
        optional: true,
      },
    ],
  };
}

export const form = defineForm({
  name: 'record-live',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const result = await recordDeployment({
      ctx,
      input: { releaseKey, toPercent: 100, note: values.note ?? null },
    });
    if (!result.ok) return refusedOutcome(result.refusal, 'note');
    return { kind: 'answer', title: 'Recorded', card: sentenceCard(recordedSentence(result.value)) };
  },
});
