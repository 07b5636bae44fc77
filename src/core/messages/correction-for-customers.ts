import { type Card, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import type { FactChanges, StatedFacts } from '../facts/facts.ts';
import { describeChanges, describeStated, newValues } from './describe-facts.ts';

/**
 * Tells customers what it was and what it is, and nothing of what is the teams' own business: no reason, and nobody's
 * name.
 */
export function correctionForCustomers({
  title,
  correct,
  held,
}: {
  /** `Web shop 2.4.0`. */
  title: string;
  correct: FactChanges;
  held: StatedFacts;
}): Card {
  const { date, time, ...contents } = correct;
  const others = describeChanges({ correct: contents, held });
  if (date === undefined && time === undefined) {
    const headline = `${title}: what we told you has changed`;
    return { summary: headline, blocks: [{ type: 'header', text: headline }, ...others] };
  }
  const now = describeStated({ ...held, ...newValues(correct) });
  const before = describeStated(held);
  return {
    summary: line`${title} is now planned for ${now}, not ${before}`,
    blocks: [
      { type: 'header', text: `${title} has a new ${date ? 'date' : 'time'}` },
      paragraph(line`${title} is now planned for ${now}. We announced it for ${before}.`),
      ...others,
      paragraph('Nothing changes for you until then.'),
    ],
  };
}
