import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import type { StartOver } from '../../../sandbox/control-api.ts';
import { eventually } from '../../support/eventually.ts';
import { action, EMIL, GENERAL, RELEASE } from '../workspace/harness.ts';
import { openPage, startPagedWorkspace } from './open-page.ts';

it('finds messages, copies the link to one, and opens there', async () => {
  const workspace = await startPagedWorkspace();
  const { client } = workspace;
  const { ts = '' } = await client.chat.postMessage({ channel: RELEASE, text: 'Basket service is gone' });
  for (let index = 0; index < 40; index += 1)
    await client.chat.postMessage({ channel: RELEASE, text: `Later ${index}` });
  await action(workspace, 'message', { person: EMIL, channel: GENERAL, text: 'Where is the basket?' });
  const opened = await openPage(workspace);
  const { page } = opened;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);

  await page.getByTestId('search').click();
  await page.getByTestId('search-words').fill('BASKET gone');
  await page.getByText('1 message', { exact: true }).waitFor();
  await page.getByTestId('search-words').fill('basket');
  expect(await page.getByTestId('found').allTextContents()).toEqual([
    expect.stringContaining('Where is the basket?'),
    expect.stringContaining('Basket service is gone'),
  ]);
  await page.getByTestId('found').last().click();
  const row = page.locator(`[data-ts="${ts}"]:focus`);
  await row.waitFor();
  await expectInSight(row);

  await row.getByTestId('copy-link').click();
  await page.getByTestId('notice').getByText('The link is copied.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${workspace.url}/#/${RELEASE}/${ts}`);
  const another = await openPage({ url: link });
  await another.page.locator(`[data-ts="${ts}"]`).waitFor();
  await expectInSight(another.page.locator(`[data-ts="${ts}"]`));
  expect([...opened.troubles, ...another.troubles]).toEqual([]);
});

it('shows whose name it is, and acts as them', async () => {
  const workspace = await startPagedWorkspace();
  await action(workspace, 'message', { person: EMIL, channel: RELEASE, text: 'Merged' });
  const { page } = await openPage(workspace);
  await page.getByTestId('author').click();
  const profile = page.getByTestId('profile');
  await profile.getByText('emil@example.com').waitFor();
  await profile.getByRole('button', { name: /Act as/ }).click();
  await page.getByTestId('act-as').getByText('Emil Novak').waitFor();
});

it('is dark as the system is, unless it was chosen, and remembers that', async () => {
  const { page } = await openPage(await startPagedWorkspace());
  const scheme = () =>
    page.evaluate(() => [
      getComputedStyle(document.documentElement).colorScheme,
      getComputedStyle(document.querySelector('main') ?? document.body).backgroundColor,
    ]);
  const light = 'rgb(255, 255, 255)';
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await scheme()).toEqual(['light dark', light]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect((await scheme())[1]).not.toBe(light);
  await page.getByTestId('theme').selectOption('Light');
  expect(await scheme()).toEqual(['light', light]);
  await page.reload();
  await page.getByTestId('composer').waitFor();
  expect(await scheme()).toEqual(['light', light]);
});

it('asks before it starts over, and does not when that is taken back', async () => {
  const asked: StartOver[] = [];
  const workspace = await startPagedWorkspace();
  const { page } = await openPage(workspace);
  await page.route('**/sandbox/start-over', (route) => {
    asked.push(route.request().postDataJSON() as StartOver);
    return route.fulfill({ json: { startingOver: true } });
  });
  const ask = async (answer: string) => {
    await page.getByTestId('world-start-over').click();
    await page.getByTestId('confirm').getByText('Start over?').waitFor();
    await page.getByTestId(answer).click();
    await page.getByTestId('confirm').waitFor({ state: 'detached' });
  };
  await page.getByTestId('world').click();
  await ask('confirm-deny');
  expect(asked).toEqual([]);
  await Promise.all([page.waitForResponse('**/sandbox/start-over'), ask('confirm-yes')]);
  expect(asked).toEqual([{}]);
  expect(await page.getByTestId('act-as').textContent()).toContain('Rita Moreno');
});

/** That the reader need not scroll to it. */
async function expectInSight(row: Locator): Promise<void> {
  await eventually(async () => expect(await row.evaluate(isInList)).toBe(true));
}

function isInList(row: Element): boolean {
  const list = row.closest('.message-list')?.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  return list !== undefined && top >= list.top && bottom <= list.bottom;
}
