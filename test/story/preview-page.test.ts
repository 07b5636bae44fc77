import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { previewPage } from '../../src/cli/preview-page/preview-page.ts';
import { loadTemplates } from '../../src/config/load-templates.ts';
import { parsePlan } from '../../src/core/plan-file/parse-plan.ts';
import { previewMessages } from '../../src/core/template/preview-messages.ts';
import { chromiumPath } from '../support/chromium-path.ts';
import { seriousTroubles } from '../support/serious-troubles.ts';

it('the page of a preview leaves axe nothing serious to find, and fits a phone', async () => {
  const read = parsePlan(await readFile('examples/banking-5.0.0.yaml', 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const messages = previewMessages(read.plan, loadTemplates());
  const html = previewPage(read.plan, messages);
  await using browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  for (const width of [1440, 360]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.setContent(html);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousTroubles(page), `${width} px, ${colorScheme}`).toEqual([]);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.locator('article').count()).toBe(messages.length);
    await page.getByRole('link', { name: 'Executive briefing' }).click();
    expect(await page.evaluate('location.hash')).toBe('#executive-briefing');
  }
});
