import { expect, it } from 'vitest';
import { action, EMIL, GENERAL, RELEASE } from '../workspace/harness.ts';
import { openPage, startPagedWorkspace } from './open-page.ts';

it('goes back to where one was and as whom, forward again, and stays there when it is opened anew', async () => {
  const workspace = await startPagedWorkspace();
  await action(workspace, 'message', { person: EMIL, channel: GENERAL, text: 'Where is the basket?' });
  const opened = await openPage(workspace);
  const { page } = opened;
  const seen = (title: string, person: string) =>
    Promise.all([
      page.getByRole('heading', { level: 1, name: title }).waitFor(),
      page.getByTestId('act-as').getByText(person).waitFor(),
    ]);
  await opened.goTo('engineering');
  await seen('# engineering', 'Rita Moreno');
  await opened.actAs('emil');
  await opened.goTo('general');
  await seen('# general', 'Emil Novak');

  await page.goBack();
  await seen('# engineering', 'Emil Novak');
  await page.goBack();
  await seen('# engineering', 'Rita Moreno');
  await page.goBack();
  await seen('# release-deployment', 'Rita Moreno');
  await page.goForward();
  await seen('# engineering', 'Rita Moreno');

  await page.reload();
  await seen('# engineering', 'Rita Moreno');
  await page.goBack();
  await seen('# release-deployment', 'Rita Moreno');
  expect(opened.troubles).toEqual([]);
});

it('scrolls down to what one has written, and leaves one who reads further up alone', async () => {
  const workspace = await startPagedWorkspace();
  for (let index = 0; index < 40; index += 1)
    await workspace.client.chat.postMessage({ channel: RELEASE, text: `Earlier ${index}` });
  const opened = await openPage(workspace);
  const { page } = opened;
  const list = page.getByRole('log');
  const scrolled = () => list.evaluate((element) => element.scrollTop);
  await opened.message('Earlier 39').waitFor();
  await list.evaluate((element) => element.scrollTo(0, 0));
  await page.getByRole('button', { name: 'Latest messages' }).waitFor();
  await action(workspace, 'message', { person: EMIL, channel: RELEASE, text: 'From somebody else' });
  await opened.message('From somebody else').waitFor({ state: 'attached' });
  expect(await scrolled()).toBe(0);
  await opened.type('My own');
  await opened.message('My own').waitFor();
  await page.getByRole('button', { name: 'Latest messages' }).waitFor({ state: 'detached' });
  expect(await scrolled()).toBeGreaterThan(0);
  expect(opened.troubles).toEqual([]);
});
