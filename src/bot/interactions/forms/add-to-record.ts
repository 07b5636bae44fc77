import * as z from 'zod';
import { bold, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { type Line, line } from '../../../core/card/line.ts';
import type { AddedMessage } from '../../../core/evidence/added-message.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import type { AddedOrNoted } from '../../../services/evidence/add-message.ts';
import { chooseRelease } from '../../../services/evidence/choose-release.ts';
import type { AddedEvidence } from '../../../services/evidence/insert-evidence.ts';
import { seeEvidence } from '../../../services/evidence/see-evidence.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** So much of the message is shown again, so that one sees that it is the right one. Characters. */
const maxShown = 300;

/** Asks into which record a message goes. */
export function addToRecordForm(
  { noteId, releases }: Extract<AddedOrNoted, { kind: 'choose' }>,
  { author, text }: Pick<AddedMessage, 'author' | 'text'>,
): Form {
  return {
    name: 'add-to-record',
    title: 'Add to the record',
    submit: 'Add',
    cancel: 'Cancel',
    metadata: { noteId },
    body: [
      paragraph(bold(`${author}: `), shortenAtWord(text, maxShown)),
      {
        type: 'input',
        kind: 'select',
        name: 'release',
        label: 'Which release is it about?',
        hint: 'It stays in the record: nobody can change or remove it.',
        options: releases.map(({ key, product, version }) => ({
          value: key,
          label: `${product} ${version} (${key})`,
        })),
      },
    ],
  };
}

/** The answer to whoever has added a message. */
export function addedSentence({ releaseKey, author }: AddedEvidence): Line {
  return line`The message from ${author} is now in the record of ${releaseKey}: see ${seeEvidence(releaseKey)}.`;
}

export const form = defineForm({
  name: 'add-to-record',
  metadata: z.object({ noteId: z.string() }),
  run: async ({ ctx, values, metadata: { noteId } }) => {
    const result = await chooseRelease({ ctx, input: { noteId, releaseKey: values.release ?? '' } });
    if (!result.ok) return refusedOutcome(result.refusal, 'release');
    return { kind: 'answer', title: 'Added', card: sentenceCard(addedSentence(result.value)) };
  },
});
