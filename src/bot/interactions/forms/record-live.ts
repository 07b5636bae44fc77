import * as z from 'zod';
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

/** All or nothing: what is announced at once, and so is confirmed. */
type RecordedShare = 0 | 100;

const words: Record<RecordedShare, { title: string; done: string; announced: string }> = {
  100: {
    title: 'Record 100 %',
    done: 'was deployed to 100 % of traffic',
    announced: "it's live for everyone",
  },
  0: { title: 'Record rollback', done: 'was rolled back', announced: 'it was rolled back' },
};

/** The one confirmation of a record that everyone has the new version, or nobody. `note` is what was typed already. */
export function recordLiveForm({
  releaseKey,
  toPercent,
  withoutGo,
  announcedIn,
  note,
}: RecordFacts & { toPercent: RecordedShare; note: string }): Form {
  const { title, done, announced } = words[toPercent];
  const where =
    announcedIn.length === 0 ? '' : ` I'll announce at once in ${listWords(announcedIn)} that ${announced}.`;
  const stays = toPercent === 0 ? ' It stays rolled back; for another attempt, plan a new release.' : '';
  return {
    name: 'record-live',
    title,
    submit: title,
    ...(toPercent === 0 ? { danger: true as const } : {}),
    cancel: 'Cancel',
    metadata: { releaseKey, share: toPercent === 0 ? '0' : '100' },
    body: [
      paragraph(
        `This records, on your word, that ${releaseKey} ${done}; tminus can't check it.${where}${stays}`,
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
  metadata: releaseMetadata.extend({ share: z.enum(['0', '100']).default('100') }),
  run: async ({ ctx, values, metadata: { releaseKey, share } }) => {
    const result = await recordDeployment({
      ctx,
      input: { releaseKey, toPercent: Number(share), note: values.note ?? null },
    });
    if (!result.ok) return refusedOutcome(result.refusal, 'note');
    return { kind: 'answer', title: 'Recorded', card: sentenceCard(recordedSentence(result.value)) };
  },
});
