import type { Page } from 'playwright-core';

/** More than the page has controls. */
const most = 200;

/** Presses Tab until the newest control with this test id has the focus. @throws Error when Tab never gets there. */
export async function tabTo(page: Page, testId: string): Promise<void> {
  await page.getByTestId(testId).last().waitFor();
  for (let pressed = 0; pressed < most; pressed += 1) {
    const focused = await page.evaluate((id) => {
      const all = document.querySelectorAll(`[data-testid="${id}"]`);
      return document.activeElement === all[all.length - 1];
    }, testId);
    if (focused) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${testId}.`);
}
