import { afterEach, beforeEach, expect, it } from 'vitest';
import { runTyped } from '../../src/bot/interactions/run-typed.ts';
import { lineText } from '../../src/core/card/line.ts';
import { openWorld, type World } from '../support/test-services.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function said(text: string): Promise<string> {
  const answer = await runTyped({ ctx: world.as('rita'), text });
  if (answer.kind === 'form') return `form: ${answer.form.title}`;
  return answer.kind === 'card' ? lineText(answer.card.summary) : '';
}

it.each([
  ['release help', /^What tminus can do/],
  ['help', /^What tminus can do/],
  ['/release help', /^What tminus can do/],
  ['Release List', /./],
  ['release import', /^form: /],
  ['import', /^form: /],
  ['promot web-2.4.0', /^I don't know "promot"\. Did you mean "promote"\?$/],
  ['scedule', /^I don't know "scedule"\. Did you mean "release schedule"\?$/],
  ['how are things?', /^I don't understand/],
])('answers "%s"', async (text, expected) => {
  expect(await said(text)).toMatch(expected);
});
