import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { chromiumPath } from './chromium-path.ts';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long anything may take to show on the page, milliseconds. */
const timeoutMs = 40_000;

/** The page of the local workspace, as a person uses it. */
export class WorkspacePage {
  readonly page: Page;
  /** What the page complained of. */
  readonly troubles: string[] = [];
  readonly #browser: Browser;
  #pictures = 0;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.setDefaultTimeout(timeoutMs);
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.troubles.push(`${message.text()} ${message.location().url}`);
    });
  }

  static async open(url: string, viewport = { width: 1280, height: 900 }): Promise<WorkspacePage> {
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: quiet });
    const page = await browser.newPage({ viewport });
    const opened = new WorkspacePage(browser, page);
    await page.goto(url);
    return opened;
  }

  async actAs(handle: string): Promise<void> {
    await this.page.getByTestId('act-as').click();
    await this.page.getByTestId(`act-as-${handle}`).click();
  }

  /** A channel's name without `#`; `tminus` for the direct messages with the bot. */
  async goTo(channel: string): Promise<void> {
    await this.page.getByTestId(`channel-${channel}`).click();
  }

  /** The newest message with these words that everybody sees. */
  message(words: string | RegExp): Locator {
    return this.page.getByTestId('message').filter({ hasText: words }).last();
  }

  /** The newest message with these words that only the person sees, and is told so. */
  privateAnswer(words: string | RegExp): Locator {
    return this.page
      .getByTestId('ephemeral')
      .filter({ hasText: 'Only visible to you' })
      .filter({ hasText: words })
      .last();
  }

  /** Clicks and waits for what comes of it; again, as a person would, when the page says to try again. */
  click(button: Locator, outcome: Locator): Promise<void> {
    return this.act(() => button.click(), outcome);
  }

  /** The same for an action of any other kind. */
  async act(action: () => Promise<void>, outcome: Locator): Promise<void> {
    const tryAgain = this.page.getByRole('alert').filter({ hasText: 'Try again' });
    await action();
    await outcome.or(tryAgain).first().waitFor();
    if (await outcome.isVisible()) return;
    await this.act(action, outcome);
  }

  /** All that the page shows, as an outline, for a failure's message. */
  outline(): Promise<string> {
    return this.page.locator('body').ariaSnapshot();
  }

  /** Presses "Jump to next" as often as it takes to come to an instant (epoch ms) of the clock. */
  async jumpTo(instant: number): Promise<void> {
    const clock = this.page.getByTestId('clock');
    const now = async () => Date.parse((await clock.getAttribute('datetime')) ?? '');
    while ((await now()) < instant) await this.jump();
  }

  /** Presses "Jump to next", waits until the button names what is due after that, and comes back to where it was. */
  async jump(): Promise<void> {
    const here = await this.page.locator('.sidebar [aria-current="page"]').getAttribute('data-testid');
    const jump = this.page.getByTestId('jump-next');
    const due = (await jump.getAttribute('title')) ?? '';
    await jump.click();
    await this.page.locator(`[data-testid="jump-next"]:not([title="${due}"])`).waitFor();
    await this.page.getByTestId(here ?? '').click();
  }

  /** Types into the composer, takes the first completion for each of `keys`, and sends. */
  async type(text: string, completions = 0): Promise<void> {
    const composer = this.page.getByTestId('composer');
    await composer.pressSequentially(text);
    for (let taken = 0; taken < completions; taken += 1) {
      await this.page.getByTestId('command-menu').waitFor();
      await composer.press('Tab');
    }
    await composer.press('Enter');
    await this.page.locator('[data-testid="composer"]:placeholder-shown').waitFor();
  }

  /** Gives the reason that the window on top asks for. */
  async giveReason(reason: string): Promise<void> {
    const modal = this.page.getByTestId('modal');
    await modal.getByTestId('input-reason').fill(reason);
    await modal.getByTestId('modal-submit').click();
  }

  /** Answers the question that a button asks before it acts. */
  async answer(question: string, answer: 'yes' | 'no'): Promise<void> {
    const asked = this.page.getByTestId('confirm').filter({ hasText: question });
    await asked.getByTestId(answer === 'yes' ? 'confirm-yes' : 'confirm-deny').click();
    await asked.waitFor({ state: 'detached' });
  }

  /** A picture of the page into the folder `TMINUS_SCREENSHOTS`, when that is set. */
  async takePicture(name: string): Promise<void> {
    const folder = process.env.TMINUS_SCREENSHOTS;
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    this.#pictures += 1;
    const number = String(this.#pictures).padStart(2, '0');
    await this.page.screenshot({ path: path.join(folder, `${number}-${name}.png`) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}
