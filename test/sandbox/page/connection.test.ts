import { expect, it } from 'vitest';
import type { OpenViews } from '../../../sandbox/control-api.ts';
import { action, control, RELEASE, RITA, type TestWorkspace } from '../workspace/harness.ts';
import { card, openPage, openReason, plain, startPagedWorkspace } from './open-page.ts';

/** What a browser itself writes into its console about a server that went away. */
const browsersOwn = /^Failed to load resource: net::ERR_/;

it('says once that the connection is lost, keeps what was typed, and comes back by itself', async () => {
  const workspace = await startPagedWorkspace();
  const opened = await openPage(workspace);
  const { page } = opened;
  const banner = page.getByTestId('connection');
  await page.getByTestId('composer').fill('half a');
  await workspace.close();
  await banner.getByText('Connection lost, trying again').waitFor();
  await page.getByTestId('composer').fill('half a sentence');
  await page.getByTestId('composer').press('Enter');
  await page.getByRole('alert').getByText('Not sent: there is no connection').waitFor();
  await page.getByTestId('speed-60').click();
  await page.getByTestId('speed-60').click();
  await opened.goTo('general');
  await opened.goTo('release-deployment');
  expect(await page.getByTestId('notice').allInnerTexts()).toEqual([
    expect.stringContaining('Not sent: there is no connection'),
  ]);

  const again = await startAgain(workspace);
  await action(again, 'message', { person: RITA, channel: RELEASE, text: 'Written meanwhile' });
  await opened.message('Written meanwhile').waitFor();
  await banner.getByText('Connection lost').waitFor({ state: 'detached' });
  expect(await page.getByText('Not sent').count()).toBe(0);
  expect(await page.getByTestId('composer').inputValue()).toBe('half a sentence');
  await page.getByTestId('composer').press('Enter');
  await opened.message('half a sentence').waitFor();
  expect(opened.troubles.filter((trouble) => !browsersOwn.test(trouble))).toEqual([]);
});

it('keeps a window and what stands in it while there is no connection', async () => {
  const workspace = await startPagedWorkspace();
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const opened = await openPage(workspace);
  const { page } = opened;
  await openReason(opened);
  const reason = page.getByTestId('input-reason');
  await reason.fill('Two tests are red');
  await workspace.close();
  await page.getByTestId('connection').getByText('Connection lost').waitFor();
  await page.getByTestId('modal-submit').click();
  await page.getByTestId('modal').getByText('Not sent: there is no connection').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await startAgain(workspace);
  await page.getByTestId('connection').getByText('Connection lost').waitFor({ state: 'detached' });
  expect(await reason.inputValue()).toBe('Two tests are red');
  expect(await page.getByText('Not sent').count()).toBe(0);
  await page.getByTestId('modal-close').click();
  await page.getByTestId('modal').waitFor({ state: 'detached' });
  expect(opened.troubles.filter((trouble) => !browsersOwn.test(trouble))).toEqual([]);
});

it('shows in one tab what was done in the other, and no error', async () => {
  const workspace = await startPagedWorkspace();
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const first = await openPage(workspace);
  const second = await openPage(workspace);
  await openReason(first);
  await second.page.getByTestId('modal').waitFor();
  await first.page.getByTestId('modal-close').click();
  await second.page.getByTestId('modal').waitFor({ state: 'detached' });
  expect([...first.troubles, ...second.troubles]).toEqual([]);
});

it('explains an action that another tab was faster with', async () => {
  const workspace = await startPagedWorkspace();
  const { client } = workspace;
  const { ts } = await client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const opened = await openPage(workspace);
  const { page } = opened;
  // The page learns of what the other tab does only after it has acted itself.
  const beforehand = (path: string, happens: () => Promise<unknown>) =>
    page.route(`**/sandbox/actions/${path}`, async (route) => {
      await happens();
      await route.continue();
    });
  await openReason(opened);
  const [view] = (await control<OpenViews>(workspace, 'GET', `people/${RITA}/views`)).views;
  await page.getByTestId('input-reason').fill('Two tests are red');
  await beforehand('submit', () => action(workspace, 'close-view', { person: RITA, viewId: view?.id }));
  await page.getByTestId('modal-submit').click();
  await page.getByTestId('notice').getByText('was sent or closed elsewhere').waitFor();
  await page.getByTestId('modal').waitFor({ state: 'detached' });

  const blocks = [{ type: 'context', elements: [plain('Closed.')] }];
  await beforehand('click', () =>
    client.chat.update({ channel: RELEASE, ts: ts ?? '', text: 'Closed', blocks }),
  );
  await page.getByTestId('action-vote-go').click();
  await page.getByText('Closed.').waitFor();
  expect(await page.getByText('There is no element').count()).toBe(0);
});

/** On the same folder and port. */
function startAgain({ dataDir, port }: TestWorkspace): Promise<TestWorkspace> {
  return startPagedWorkspace(undefined, { dataDir, port });
}
