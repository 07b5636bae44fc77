import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { dossierPage } from '../../src/cli/dossier-page/dossier-page.ts';
import { loadDossier } from '../../src/services/audit/dossier/load-dossier.ts';
import { sealTrail } from '../../src/services/audit/seal-trail.ts';
import { releaseAtOnePercent, releaseOf, runToTheEnd } from '../services/steps.ts';
import { chromiumPath } from '../support/chromium-path.ts';
import { seriousTroubles } from '../support/serious-troubles.ts';
import { openWorld } from '../support/test-services.ts';

it('leaves axe nothing serious to find, fits a phone, and prints light without its contents', async () => {
  const world = await openWorld();
  const releaseId = await releaseAtOnePercent(world);
  await runToTheEnd(world, releaseId);
  await sealTrail(world.services);
  const settings = { ...world.services.trailKeys, anchors: [] };
  const dossier = await loadDossier(world.services.db, await releaseOf(world, releaseId), settings);
  await world.close();
  const html = dossierPage(dossier, { at: world.clock.now() });

  await using browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  for (const width of [1280, 360]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.setContent(html);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousTroubles(page), `${width} px, ${colorScheme}`).toEqual([]);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.getByRole('link', { name: 'Trail' }).click();
    expect(await page.evaluate('location.hash')).toBe('#trail');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  }
});
