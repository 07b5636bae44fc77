import { expect, it } from 'vitest';
import { RELEASE } from '../workspace/harness.ts';
import { findCut } from './find-cut.ts';
import { card, openPage, openReason, startPagedWorkspace } from './open-page.ts';

const hostile = [
  'x'.repeat(10_000),
  '<!channel> </script><script>document.title="run"</script> <img src=x onerror=alert(1)>',
  'مرحبا \u202Eturned around',
  '👩‍👩‍👧‍👦🏳️‍🌈👍🏽 e\u0301',
  `a${'\u0336\u0351\u0489'.repeat(300)}`,
  'line\n'.repeat(500).trim(),
];

it('shows whatever is pasted as text, within its place', async () => {
  const opened = await openPage(await startPagedWorkspace(), { width: 360, height: 640 });
  const { page } = opened;
  const composer = page.getByTestId('composer');
  for (const [before, text] of hostile.entries()) {
    await composer.fill(text);
    expect(await findCut(opened)).toEqual([]);
    await composer.press('Enter');
    await page.getByTestId('message').nth(before).waitFor();
    expect(await page.getByTestId('message').nth(before).locator('.message-main').textContent()).toContain(
      text,
    );
    expect(await findCut(opened)).toEqual([]);
  }
  expect(await page.title()).toContain('local workspace');
  expect(await page.locator('.slack_broadcast').count()).toBe(0);
  expect(opened.troubles).toEqual([]);
});

it('names the limit of what is too long, and sends nothing that nobody would see', async () => {
  const workspace = await startPagedWorkspace();
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const opened = await openPage(workspace);
  const { page } = opened;
  const composer = page.getByTestId('composer');
  await composer.fill('x'.repeat(40_001));
  await composer.press('Enter');
  await page.getByRole('alert').getByText('A message can have 40,000 characters. This has 40,001.').waitFor();
  expect((await composer.inputValue()).length).toBe(40_001);
  await composer.fill('\u200b\u2060');
  expect(await page.getByTestId('send').isDisabled()).toBe(true);
  await composer.fill('');

  await openReason(opened);
  const reason = page.getByTestId('input-reason');
  await reason.fill(hostile.join('\n'));
  await page.getByTestId('modal-submit').click();
  await page.getByTestId('modal').getByText('at most 1000 characters').waitFor();
  expect(await reason.inputValue()).toBe(hostile.join('\n'));
  expect(await findCut(opened)).toEqual([]);
  expect(opened.troubles).toEqual([]);
});
