import { type Block, bold, type Card, note, paragraph, text } from '../card/card.ts';
import { line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { PlanPart } from '../plan/compare-plans.ts';
import type { Plan } from '../plan/plan.ts';

/** What somebody was told of a release who knows it by its announcements alone. */
const announced: readonly PlanPart[] = ['version', 'product', 'type', 'summary', 'scope'];

/** Whether a change of these parts makes something untrue that was announced. */
export function changesAnnounced(changed: readonly PlanPart[]): boolean {
  return changed.some((part) => announced.includes(part));
}

/** Tells those who were told of a release what it is and contains now. `goLiveAt`: epoch ms. */
export function contentsChangedMessage({
  before,
  after,
  goLiveAt,
}: {
  before: Plan;
  after: Plan;
  goLiveAt: number;
}): Card {
  const title = `${after.product} ${after.version}`;
  const summary = `✏️ ${title}: what's in it has changed`;
  const isRenamed = `${before.product} ${before.version}` !== title;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...(isRenamed ? [paragraph(`It was announced as ${before.product} ${before.version}.`)] : []),
      ...(before.type === after.type ? [] : [paragraph(`It is now a release of type ${after.type}.`)]),
      ...(before.summary === after.summary ? [] : [paragraph(after.summary)]),
      ...entries('Added:', missingIn(before, after)),
      ...entries('Removed:', missingIn(after, before)),
      note(line`The date has not changed: ${localDate(goLiveAt, after.goLive.zone)}.`),
    ],
  };
}

/** What one plan contains and the other does not. */
function missingIn({ scope: one }: Plan, { scope: other }: Plan): string[] {
  const known = Object.values(one).flat();
  return Object.values(other)
    .flat()
    .filter((entry) => !known.includes(entry));
}

function entries(title: string, listed: readonly string[]): Block[] {
  if (listed.length === 0) return [];
  return [
    paragraph(bold(title)),
    { type: 'list', ordered: false, items: listed.map((entry) => [text(entry)]) },
  ];
}
