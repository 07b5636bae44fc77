import * as z from 'zod';
import { type Block, paragraph, text } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { roleTitle } from '../../../core/plan/roles.ts';
import { listWords } from '../../../lib/list-words.ts';
import { type HandedOver, type HeldDuties, handOverDuties } from '../../../services/handover/hand-over.ts';
import type { NamedPerson } from '../../../services/release/look-up-holder.ts';
import { refusalCard, sentenceCard } from '../../cards/answers/refusal-card.ts';
import { notDoneOutcome, refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** The one confirmation of a handover. `email`: who was named by what was typed; else they are chosen. */
export function handOverForm(duties: readonly HeldDuties[], email: string | null): Form {
  const items = duties.map(({ releaseKey, roles }) => [
    text(`${releaseKey}: ${listWords(roles.map(roleTitle))}`),
  ]);
  const list: Block = { type: 'list', ordered: false, items };
  return {
    name: 'hand-over',
    title: 'Hand over',
    submit: 'Hand over',
    cancel: 'Cancel',
    metadata: { email: email ?? '' },
    body: [
      paragraph(
        email === null
          ? 'Somebody else takes over everything that you hold, with open votes, tasks and customer messages:'
          : `${email} takes over everything that you hold, with open votes, tasks and customer messages:`,
      ),
      list,
      paragraph('What you have voted stays until they vote. The channels of these releases are told.'),
      ...(email === null
        ? [{ type: 'input' as const, kind: 'person' as const, name: 'person', label: 'Who takes over' }]
        : []),
    ],
  };
}

export const form = defineForm({
  name: 'hand-over',
  metadata: z.object({ email: z.string() }),
  run: async ({ ctx, values, metadata: { email } }) => {
    const { actor } = ctx;
    if (actor.kind !== 'person' || (email === '' && !values.person)) {
      return notDoneOutcome(sentenceCard('Choose who takes over.'));
    }
    const { platform } = actor.identity;
    const person: NamedPerson =
      email === '' ? { identity: { platform, id: values.person ?? '' } } : { email };
    const result = await handOverDuties({ ctx, input: { person } });
    if (result.ok) {
      return { kind: 'answer', title: 'Handed over', card: sentenceCard(handedOverSentence(result.value)) };
    }
    // Without a field there is nothing to put right in the form.
    return email === ''
      ? refusedOutcome(result.refusal, 'person')
      : notDoneOutcome(refusalCard(result.refusal));
  },
});

function handedOverSentence({ to, duties }: HandedOver): string {
  const keys = listWords(duties.map(({ releaseKey }) => releaseKey));
  return `${to} has taken over your roles in ${keys}, and is told what waits and what has happened.`;
}
