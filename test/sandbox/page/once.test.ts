import { expect, it } from 'vitest';
import type { WorkspacePage } from '../../support/workspace-page.ts';
import { RELEASE } from '../workspace/harness.ts';
import { card, openPage, startPagedWorkspace } from './open-page.ts';

it('does once what is clicked twice, or sent by Enter twice', async () => {
  const workspace = await startPagedWorkspace(
    (app) => {
      app.action('vote-go', async ({ ack }) => ack());
      app.view('reason', async ({ ack }) => ack());
    },
    { nextDue: () => Date.parse('2027-01-01T00:00:00Z') },
  );
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const opened = await openPage(workspace);
  const { page } = opened;
  const sent = countRequests(opened);

  // Slow enough that the first click is answered before the second comes.
  const delay = 150;
  await page.getByTestId('jump-next').dblclick({ delay });
  await page.getByTestId('clock').getByText('2027').waitFor();
  await page.getByTestId('action-vote-go').dblclick({ delay });
  await page.getByTestId('action-vote-no-go').dblclick();
  await page.getByTestId('input-reason').fill('Red');
  await page.getByTestId('modal-submit').dblclick();
  await page.getByTestId('modal').waitFor({ state: 'detached' });

  await page.getByTestId('action-vote-no-go').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('input-reason').fill('Still red');
  await page.getByTestId('modal-submit').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByTestId('modal').waitFor({ state: 'detached' });
  // The window is gone: this one must not press the button that opened it.
  await page.keyboard.press('Enter');

  await page.getByTestId('composer').fill('by a click');
  await page.getByTestId('send').dblclick();
  await opened.message('by a click').waitFor();
  await page.getByTestId('composer').fill('by Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await opened.message('by Enter').waitFor();

  // What comes last tells that nothing else is under way.
  await Promise.all([page.waitForRequest('**/actions/click'), page.getByTestId('action-vote-go').click()]);
  expect(sent).toEqual({ 'clock/jump': 1, 'actions/click': 4, 'actions/submit': 2, 'actions/message': 2 });
  expect(await page.getByTestId('notice').count()).toBe(0);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(opened.troubles).toEqual([]);
});

/** How often the page asked for what, from now on. */
function countRequests({ page }: WorkspacePage): Record<string, number> {
  const counts: Record<string, number> = {};
  page.on('request', (request) => {
    const action = request.url().split('/sandbox/')[1] ?? '';
    if (request.method() === 'POST') counts[action] = (counts[action] ?? 0) + 1;
  });
  return counts;
}
