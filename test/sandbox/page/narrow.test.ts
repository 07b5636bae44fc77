import { expect, it } from 'vitest';
import type { WorkspacePage } from '../../support/workspace-page.ts';
import { RELEASE } from '../workspace/harness.ts';
import { card, openPage, startPagedWorkspace } from './open-page.ts';

/** A phone upright and on its side, a tablet, a laptop, a large screen. */
const sizes: [number, number][] = [
  [360, 640],
  [480, 800],
  [640, 360],
  [768, 1024],
  [1280, 720],
  [1920, 1080],
];

it('has everything within reach from 360 pixels of width on', async () => {
  const workspace = await startPagedWorkspace();
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const opened = await openPage(workspace);
  for (const [width, height] of sizes) {
    await opened.page.setViewportSize({ width, height });
    await tryEverything(opened).catch((error: unknown) => {
      throw new Error(`At ${width} × ${height}:`, { cause: error });
    });
  }
  expect(opened.troubles).toEqual([]);
}, 60_000);

async function tryEverything(opened: WorkspacePage): Promise<void> {
  const { page } = opened;
  expect(await findCut(opened)).toEqual([]);
  await openDrawer(opened);
  await opened.actAs('tom');
  await openDrawer(opened);
  await opened.goTo('general');
  await page.getByTestId('speed-3600').click();
  await page.getByTestId('speed-0').click();
  await page.getByTestId('zone').selectOption('America/Los_Angeles');

  await page.getByTestId('world').click();
  expect(await findCut(opened)).toEqual([]);
  await page.getByTestId('fault-slow').click();
  await page.locator('[data-testid="fault-slow"][aria-checked="true"]').waitFor();
  await page.getByTestId('fault-slow').click();
  await page.getByRole('button', { name: 'Close World' }).click();

  await openDrawer(opened);
  await opened.goTo('release-deployment');
  await page.getByTestId('action-vote-no-go').click();
  await page.getByTestId('input-reason').fill('x'.repeat(1001));
  await page.getByTestId('modal-submit').click();
  await page.getByText('at most 1000 characters').waitFor();
  expect(await findCut(opened)).toEqual([]);
  await page.getByTestId('modal-close').click();
}

/** Channels and people are behind a button where the page is narrow. */
async function openDrawer({ page }: WorkspacePage): Promise<void> {
  if (await page.getByTestId('menu').isVisible()) await page.getByTestId('menu').click();
}

/** Controls and texts that the window or their own box cuts off at a side, and what makes the page wider than it. */
function findCut({ page }: WorkspacePage): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
    for (const element of document.querySelectorAll('button, select, input, textarea, time, h1, h2, td')) {
      const { left, right } = element.getBoundingClientRect();
      const seen = element.checkVisibility({ visibilityProperty: true });
      const cut = left < 0 || right > clientWidth || element.scrollWidth > element.clientWidth + 1;
      const inline = getComputedStyle(element).display === 'inline';
      if (seen && !inline && cut) found.push(`${element.tagName} ${element.textContent}`);
    }
    return found;
  });
}
