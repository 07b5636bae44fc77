import type { FormAnswer, FormOutcome } from '../../core/card/form.ts';
import { formCard } from '../../core/card/form-card.ts';
import { inlines } from '../../core/card/line.ts';
import { sentenceCard } from '../cards/answers/refusal-card.ts';
import { notDoneOutcome } from '../interactions/form-outcomes.ts';
import { doneCard } from './answer-in-time.ts';

/** What is said of a form once its fields are gone, so that their errors become a list. */
export function lateOutcome(outcome: FormOutcome): FormAnswer {
  if (outcome.kind === 'close') return { kind: 'answer', title: 'Done', card: doneCard };
  if (outcome.kind === 'next')
    return { kind: 'answer', title: outcome.form.title, card: formCard(outcome.form) };
  if (outcome.kind !== 'errors') return outcome;
  if (outcome.late) return notDoneOutcome(outcome.late);
  const { summary, blocks } = sentenceCard('Please change this, then submit it again:');
  const items = Object.values(outcome.errors).map(inlines);
  return notDoneOutcome({ summary, blocks: [...blocks, { type: 'list' as const, ordered: false, items }] });
}
