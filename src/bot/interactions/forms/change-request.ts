import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form, FormOption } from '../../../core/card/form.ts';
import { scopeEntryNames, scopeLists } from '../../../core/changes/scope-change.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { planDigest } from '../../../core/plan/plan-digest.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { requestChange } from '../../../services/changes/request-change.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { refusalCard, sentenceCard } from '../../cards/answers/refusal-card.ts';
import { notDoneOutcome, refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** So many entries of the scope are offered to be taken out; a platform takes no more than a hundred options. */
const maxOffered = 90;

/** Asks what changes after code freeze, and why. */
export function changeRequestForm({ key, plan }: Release): Form {
  return {
    name: 'change-request',
    title: 'Late change',
    submit: 'Ask for it',
    cancel: 'Cancel',
    metadata: { releaseKey: key, basedOn: planDigest(plan) },
    body: [
      paragraph(
        `The code of ${key} is frozen, so a change of its scope has to be approved by a second person. Once it is approved, a go decision no longer applies and open votes start again.`,
      ),
      {
        type: 'input',
        kind: 'select',
        name: 'change',
        label: 'What changes?',
        options: [...additions(), ...removals(plan)],
      },
      {
        type: 'input',
        kind: 'text',
        name: 'entry',
        label: 'What is added?',
        hint: 'One line, as it would stand in the scope. Leave it empty to take something out.',
        optional: true,
        maxLength: 500,
      },
      reasonInput('Why can’t it wait for the next release?'),
    ],
  };
}

function additions(): FormOption[] {
  return scopeLists.map((list) => ({ value: `add:${list}`, label: `Add a ${scopeEntryNames[list]}` }));
}

function removals({ scope }: Plan): FormOption[] {
  const entries = scopeLists.flatMap((list) =>
    scope[list].map((entry, index) => ({
      value: `take-out:${list}:${index}`,
      label: shortenAtWord(`Take out: ${entry}`, 75),
    })),
  );
  return entries.slice(0, maxOffered);
}

const chosenSchema = z
  .string()
  .regex(/^(add:\w+|take-out:\w+:\d+)$/)
  .transform((value) => value.split(':'))
  .pipe(z.tuple([z.enum(['add', 'take-out']), z.enum(scopeLists)]).rest(z.string()));

export const form = defineForm({
  name: 'change-request',
  metadata: releaseMetadata.extend({ basedOn: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, basedOn } }) => {
    const chosen = chosenSchema.safeParse(values.change);
    if (!chosen.success) return { kind: 'errors', errors: { change: 'Choose what changes.' } };
    const [kind, list, index] = chosen.data;
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return notDoneOutcome(refusalCard(found.refusal));
    const { plan } = found.value;
    if (kind === 'take-out' && basedOn !== planDigest(plan) && ctx.actor.kind === 'person') {
      return notDoneOutcome(
        sentenceCard(`The plan of ${releaseKey} has changed since you opened the form. Start again.`),
      );
    }
    const entry = kind === 'add' ? (values.entry ?? '') : (plan.scope[list][Number(index)] ?? '');
    const input = { releaseKey, kind, list, entry, reason: values.reason ?? '' };
    const result = await requestChange({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, values.reason?.trim() ? 'entry' : 'reason');
    const card = sentenceCard(
      `Your request is in the release's channel. When a second person has approved or refused it, I'll tell you.`,
    );
    return { kind: 'answer', title: 'Asked for', card };
  },
});
