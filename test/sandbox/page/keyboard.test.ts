import { expect, it } from 'vitest';
import { RELEASE } from '../workspace/harness.ts';
import { card, openPage, startPagedWorkspace } from './open-page.ts';

it('leads by Tab to every control, each with a focus that can be seen', async () => {
  const workspace = await startPagedWorkspace();
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const { page } = await openPage(workspace);
  await page.getByTestId('world').click();
  await page.getByTestId('fault-slow').waitFor();
  // All but the menu of a narrow page, and Send, which is off while there is nothing to send.
  const controls = await page.locator('button:visible:enabled, select:visible, textarea:visible').count();
  const reached = new Set<number>();
  const unseen: string[] = [];
  for (let pressed = 0; pressed < controls + 5; pressed += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const at = [...document.querySelectorAll('button, select, textarea')].indexOf(element);
      // The composer is outlined as a whole; what is beside its text has an outline of its own.
      const outlined = element.matches('textarea') ? element.closest('.composer-box') : element;
      const { outlineStyle } = getComputedStyle(outlined ?? element);
      return { at, name: element.outerHTML.slice(0, 120), seen: outlineStyle !== 'none' };
    });
    if (focus.at >= 0) reached.add(focus.at);
    if (focus.at >= 0 && !focus.seen) unseen.push(focus.name);
  }
  expect(reached.size).toBe(controls);
  expect(unseen).toEqual([]);
});

it('completes commands by arrows, Tab and Enter', async () => {
  const workspace = await startPagedWorkspace((app) => {
    app.command('/promote', async ({ command, ack }) => ack(`Promoting ${command.text}`));
  });
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'web-2.4.0 is planned' });
  const opened = await openPage(workspace);
  const { page } = opened;
  await opened.message('web-2.4.0 is planned').waitFor();
  const composer = page.getByTestId('composer');
  await composer.pressSequentially('/');
  await composer.press('ArrowDown');
  const active = await composer.getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
  await composer.press('Enter');
  expect(await composer.inputValue()).toBe('/promote ');
  await composer.press('Tab');
  expect(await composer.inputValue()).toBe('/promote web-2.4.0 ');
  const send = async () => {
    await composer.fill('/promote web-2.4.0 ');
    await composer.press('Enter');
  };
  await opened.act(send, opened.privateAnswer('Promoting web-2.4.0'));
  await composer.fill('');

  await composer.pressSequentially('/pro');
  await composer.press('Escape');
  await page.getByTestId('command-menu').waitFor({ state: 'detached' });
  await composer.fill('');
  await composer.pressSequentially('/pro');
  await composer.press('Enter');
  expect(await composer.inputValue()).toBe('/promote ');
});

it('opens, fills and closes a window, and goes on where it was', async () => {
  const workspace = await startPagedWorkspace((app) => {
    app.view('reason', async ({ ack }) => ack());
  });
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Ready?', blocks: card });
  const opened = await openPage(workspace);
  const { page } = opened;
  const button = page.getByTestId('action-vote-no-go');
  const press = async () => {
    await button.focus();
    await page.keyboard.press('Enter');
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  await opened.act(press, page.getByTestId('modal'));
  expect(await focused()).toBe('input-reason');
  for (let pressed = 0; pressed < 12; pressed += 1) {
    await page.keyboard.press('Tab');
    // After the last one comes the browser's own bar, when nothing of the page has the focus.
    const outside = ':focus:not(dialog *, dialog, body)';
    expect(await page.locator(outside).count()).toBe(0);
  }
  await page.keyboard.press('Escape');
  await page.getByTestId('modal').waitFor({ state: 'detached' });
  expect(await focused()).toBe('action-vote-no-go');

  await page.keyboard.press('Enter');
  await page.getByTestId('input-reason').fill('Red');
  await page.getByTestId('modal-submit').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('modal').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('message');
});

it('tells a new message once, and not the edits of a card', async () => {
  const workspace = await startPagedWorkspace();
  const opened = await openPage(workspace);
  const { ts } = await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Soak: 5 minutes left' });
  const announcer = opened.page.getByTestId('announcer');
  await announcer.getByText('tminus: Soak: 5 minutes left').waitFor();
  await workspace.client.chat.update({ channel: RELEASE, ts: ts ?? '', text: 'Soak: 4 minutes left' });
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'The soak is over' });
  await announcer.getByText('tminus: The soak is over').waitFor();
  expect(await announcer.textContent()).not.toContain('4 minutes');
  expect(await opened.page.getByRole('log').getAttribute('aria-live')).toBe('off');
});

it('opens and closes the drawer and the panel of a narrow page by keyboard', async () => {
  const { page } = await openPage(await startPagedWorkspace(), { width: 360, height: 640 });
  await page.getByTestId('menu').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="act-as"]:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-testid="menu"]:focus').waitFor();
  await page.getByTestId('world').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Close World' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-testid="world"]:focus').waitFor();
});
