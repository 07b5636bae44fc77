import { expect, it } from 'vitest';
import { cardText } from '../../../src/core/template/card-text.ts';
import { loadTemplate } from '../../../src/core/template/load-template.ts';
import { messageFacts } from '../../../src/core/template/message-facts.ts';
import { MAX_CARD_LENGTH, renderTemplate } from '../../../src/core/template/render-template.ts';
import { examplePlan } from '../plan/example-plan.ts';

it('the largest template there can be, with the longest values, makes a message within the limits', () => {
  const reading = loadTemplate('large', `# a\n\n${'- {{scope.features}}\n\n---\n\n'.repeat(150)}`);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const plan = examplePlan({ scope: { features: Array(200).fill('x'.repeat(20_000)) } });
  const card = renderTemplate(
    reading.template,
    messageFacts(plan, { state: 'approved', trafficPercent: null, now: 0 }),
  );
  expect(cardText(card).length).toBeLessThan(MAX_CARD_LENGTH + 400);
});
