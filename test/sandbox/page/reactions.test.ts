import { expect, it } from 'vitest';
import { action, EMIL, RELEASE } from '../workspace/harness.ts';
import { openPage, startPagedWorkspace } from './open-page.ts';

it('adds a reaction by keyboard, names who reacted, and takes it away again', async () => {
  const workspace = await startPagedWorkspace();
  const { ts = '' } = await workspace.client.chat.postMessage({ channel: RELEASE, text: 'It is live' });
  const opened = await openPage(workspace);
  const { page } = opened;
  const row = opened.message('It is live');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

  await row.getByTestId('add-reaction').focus();
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('pick-+1');
  await page.keyboard.press('Escape');
  expect([await focused(), await page.getByTestId('pick-+1').count()]).toEqual(['add-reaction', 0]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe('pick--1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  const thumb = row.getByTestId('reaction-+1');
  await thumb.waitFor();
  expect(await focused()).toBe('add-reaction');
  expect(await thumb.getAttribute('aria-pressed')).toBe('true');

  await action(workspace, 'react', { person: EMIL, channel: RELEASE, ts, name: '+1', on: true });
  await thumb.getByText('Rita Moreno, Emil Novak').waitFor();
  expect(await thumb.textContent()).toContain('👍 2');

  await thumb.click();
  await page.locator('[data-testid="reaction-+1"][aria-pressed="false"]').waitFor();
  await action(workspace, 'react', { person: EMIL, channel: RELEASE, ts, name: '+1', on: false });
  await thumb.waitFor({ state: 'detached' });

  // A reply in a thread takes them too.
  await row.getByTestId('reply').click();
  await page.getByTestId('thread').getByTestId('add-reaction').click();
  await page.getByTestId('thread').getByTestId('pick-tada').click();
  await row.getByTestId('reaction-tada').waitFor();
  expect(opened.troubles).toEqual([]);
});
