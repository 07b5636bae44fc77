import { type Card, note, paragraph, text } from '../card/card.ts';
import type { FactChanges, StatedFacts } from '../facts/facts.ts';
import { describeChanges } from './describe-facts.ts';

/** Who changed something, and what they gave as the reason; null where none is asked for. */
export interface ChangeCause {
  by: string;
  reason: string | null;
}

/** Tells readers who hold something that is no longer so what it was and what it is. Once, where they read it. */
export function correctionMessage(facts: {
  /** `Web shop 2.4.0`. */
  title: string;
  correct: FactChanges;
  held: StatedFacts;
  cause: ChangeCause | null;
}): Card {
  const { correct, cause } = facts;
  const headline = headlineOf(facts.title, correct);
  return {
    summary: headline,
    blocks: [
      { type: 'header', text: headline },
      ...describeChanges(facts),
      ...(cause?.reason ? [{ type: 'quote' as const, content: [text(cause.reason)] }] : []),
      ...(cause ? [paragraph(`Changed by ${cause.by}.`)] : []),
      note('Nothing else that you were told here has changed.'),
    ],
  };
}

function headlineOf(title: string, { date, time, wave, ...contents }: FactChanges): string {
  const isMoved = date !== undefined || time !== undefined;
  if (!isMoved && wave !== undefined) return `📅 ${title}: new date of the upgrade`;
  if (!isMoved) return `✏️ ${title}: what's in it has changed`;
  const moved = `📅 ${title}: new go-live ${date ? 'date' : 'time'}`;
  return Object.keys(contents).length > 0 ? `${moved}, and other changes` : moved;
}
