import { type Block, bold, type Card, note, text } from '../../../core/card/card.ts';
import { explainPlan } from '../../../core/explain/explain-plan.ts';
import type { Explained } from '../../../core/explain/explained.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Product } from '../../../core/product-file/product.ts';

/** Parts that have a card of their own: the timeline and the schedule. */
const elsewhere = new Set(['Messages', 'Milestones']);

/** Which values of a plan somebody gave and which are defaults or follow from others, for somebody who asks. */
export function explainCard(plan: Plan, products: readonly Product[] = []): Card {
  const summary = `Where the values in the plan of ${plan.release} come from`;
  const parts = explainPlan(plan, products).filter(({ title }) => !elsewhere.has(title));
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...parts.flatMap(({ title, entries }): Block[] => [
        { type: 'paragraph', content: [bold(title)] },
        { type: 'list', ordered: false, items: entries.map(item) },
      ]),
      note('You can change any default or derived value in the plan.'),
    ],
  };
}

function item({ name, value, origin }: Explained) {
  const from = {
    plan: '',
    product: ' (from the product file)',
    default: ' (default)',
    derived: ' (derived)',
  }[origin];
  return [bold(`${name}: `), text(`${value}${from}`)];
}
