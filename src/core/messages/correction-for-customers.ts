import { type Card, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import type { FactChanges, StatedFacts } from '../facts/facts.ts';
import { describeChanges, describeStated, describeWave, newValues } from './describe-facts.ts';

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
  if (correct.wave !== undefined) return correctionForTenants({ title, correct, held });
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

/** Tenants are told of their own upgrade, and nothing of anybody else's day. */
function correctionForTenants({
  title,
  correct,
  held,
}: {
  title: string;
  correct: FactChanges;
  held: StatedFacts;
}): Card {
  const { wave: _wave, date: _date, time: _time, ...contents } = correct;
  const now = describeWave({ ...held, ...newValues(correct) });
  const before = describeWave(held);
  return {
    summary: line`Your upgrade to ${title} is now ${now}, not ${before}`,
    blocks: [
      { type: 'header', text: `${title}: your upgrade has a new date` },
      paragraph(line`We now upgrade you ${now}. We announced it for ${before}.`),
      ...describeChanges({ correct: contents, held }),
      paragraph("Nothing changes for you until then. If the new date doesn't suit you, please tell us."),
    ],
  };
}
