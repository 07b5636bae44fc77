import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe calls serious or critical, each with the first element that has it. */
export async function seriousTroubles(page: Page): Promise<string[]> {
  // Not a script of the page: its content policy would not let one in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
}
