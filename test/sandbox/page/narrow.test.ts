import { expect, it } from 'vitest';
import type { WorkspacePage } from '../../support/workspace-page.ts';
import { RELEASE } from '../workspace/harness.ts';
import { findCut } from './find-cut.ts';
import { card, openPage, openReason, startPagedWorkspace } from './open-page.ts';

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
  await openReason(opened);
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
