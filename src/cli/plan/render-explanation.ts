import { explainPlan } from '../../core/explain/explain-plan.ts';
import type { Explained, ExplainedPart } from '../../core/explain/explained.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Product } from '../../core/product-file/product.ts';

/** Everything that a plan comes to, for people. */
export function explanationAsText(plan: Plan, products: readonly Product[] = []): string {
  const head = [
    `${plan.release}, and where each value comes from.`,
    'S1 and S2 are the sources that docs/plans.md names. What is derived follows from other values; a default can be changed in the plan.',
  ].join('\n');
  return `${[head, ...explainPlan(plan, products).map(partText)].join('\n\n')}\n`;
}

function partText({ title, entries }: ExplainedPart): string {
  return [title, ...entries.map((entry) => `  ${entry.name}: ${entry.value}  (${originText(entry)})`)].join(
    '\n',
  );
}

function originText({ origin, source }: Explained): string {
  const words = {
    plan: 'the plan',
    product: 'from the product file',
    default: 'default',
    derived: 'derived',
  }[origin];
  return source === null ? words : `${words}, ${source}`;
}

/** The same for programs. */
export function explanationAsJson(plan: Plan, products: readonly Product[] = []): string {
  return `${JSON.stringify({ release: plan.release, parts: explainPlan(plan, products) }, null, 2)}\n`;
}
