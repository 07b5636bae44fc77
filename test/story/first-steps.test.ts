import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { seriousTroubles } from '../support/serious-troubles.ts';
import { tabTo } from '../support/tab-to.ts';
import { WorkspacePage } from '../support/workspace-page.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

it('leads by keyboard alone from the opening through the first steps, and starts over', async () => {
  // Of so much traffic one percent is enough to judge by.
  await using sandbox = await SandboxProcess.start({ page: true, kept: true, load: 300 });
  await using workspace = await WorkspacePage.open(sandbox.url);
  const found: string[] = [];
  try {
    await begin(workspace);
    await vote(workspace, found);
    await decide(workspace);
    await promote(workspace, found);
    await breakIt(workspace, found);
    await startOver(workspace);
  } catch (error) {
    throw new Error(`The page shows:\n${await workspace.outline()}`, { cause: error });
  }
  expect(found).toEqual([]);
  expect(workspace.troubles.filter((trouble) => !trouble.startsWith('Failed to load resource'))).toEqual([]);
});

/** The composer is one Tab away; so is what leads through the page, a few further. */
async function begin(workspace: WorkspacePage): Promise<void> {
  const { page } = workspace;
  await workspace.message('web-2.4.0 is planned').waitFor();
  expect(await page.getByTestId('jump-next').textContent()).toContain('Release readiness review');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="composer"]:focus').waitFor();
  await tabAndPress(workspace, 'try-it');
  await step(workspace, 'jump');
  await press(workspace, 'hint-main');
  await workspace.message('web-2.4.0: readiness review').waitFor();
}

async function vote(workspace: WorkspacePage, found: string[]): Promise<void> {
  await step(workspace, 'vote');
  await press(workspace, 'hint-main');
  await workspace.message('Ready? Web shop 2.4.0 · 0 of 6 voted').waitFor();
  await look(workspace, 'a vote', found);
  await tabAndPress(workspace, 'action-vote-no-go');
  await workspace.page.getByTestId('modal').waitFor();
  await look(workspace, 'a modal', found);
  await workspace.page.keyboard.press('Escape');
  await workspace.page.getByTestId('modal').waitFor({ state: 'detached' });
  await press(workspace, 'action-vote-go');
  await step(workspace, 'decide');
}

/** The readiness check first, then a decision that misses a vote, then one that is asked for again. */
async function decide(workspace: WorkspacePage): Promise<void> {
  await letOthersVote(workspace, 'Ready? Web shop 2.4.0 · 6 of 6 voted');
  await closeNow(workspace);
  await workspace.message('readiness check passed 6/6').waitFor();

  await press(workspace, 'hint-main');
  await workspace.message('Go or no-go? Web shop 2.4.0 · 0 of 6 voted').waitFor();
  await letOthersVote(workspace, 'Go or no-go? Web shop 2.4.0 · 5 of 6 voted');
  await workspace.page.getByTestId('others-vote').waitFor({ state: 'detached' });
  await closeNow(workspace);
  await workspace.message('web-2.4.0: closed early, 1 vote missing').waitFor();

  await press(workspace, 'hint-main');
  await tabAndPress(workspace, 'action-ask-again');
  await press(workspace, 'modal-submit');
  await closeAnswer(workspace, 'The go/no-go for web-2.4.0 is open.');
  await workspace.message('Go or no-go? Web shop 2.4.0 · 0 of 6 voted').waitFor();
  await letOthersVote(workspace, 'Go or no-go? Web shop 2.4.0 · 5 of 6 voted');
  await press(workspace, 'action-vote-go');
  await workspace.message('Go or no-go? Web shop 2.4.0 · 6 of 6 voted').waitFor();
  await closeNow(workspace);
}

/** As often as it takes: somebody's ballot may not have arrived at the first time. */
async function letOthersVote(workspace: WorkspacePage, outcome: string): Promise<void> {
  await eventually(async () => {
    if (await workspace.page.getByTestId('others-vote').isVisible()) await press(workspace, 'others-vote');
    await workspace.message(outcome).waitFor({ timeout: 4_000 });
  }, 40_000);
}

async function closeNow(workspace: WorkspacePage): Promise<void> {
  await press(workspace, 'action-close-poll');
  await press(workspace, 'confirm-yes');
}

async function promote(workspace: WorkspacePage, found: string[]): Promise<void> {
  await step(workspace, 'promote');
  await press(workspace, 'hint-main');
  await workspace.message('Web shop 2.4.0 · ready to start').waitFor();
  await tabAndPress(workspace, 'action-promote');
  await press(workspace, 'confirm-yes');
  await step(workspace, 'faulty');
  await workspace.page.locator('[data-testid="traffic-weight"][data-weight="1"]').waitFor();
  await look(workspace, 'a rollout', found);
}

async function breakIt(workspace: WorkspacePage, found: string[]): Promise<void> {
  await press(workspace, 'hint-main');
  await workspace.message('Web shop 2.4.0 at 1 %: FAILING').waitFor();
  await press(workspace, 'hint-main');
  await look(workspace, 'an alert', found);
  await tabAndPress(workspace, 'action-roll-back');
  await workspace.giveReason('A third of the checkouts fail');
  await closeAnswer(workspace, 'All traffic is on the previous version again');
  await step(workspace, 'end');
  // What the rollback ended is not what comes next: the product is locked, and its owner hears of it each day.
  await workspace.page.getByTestId('jump-next').getByText('Whoever holds the product lock').waitFor();
  await press(workspace, 'app-home');
  await workspace.page
    .getByTestId('home')
    .getByText(/rolled back/)
    .first()
    .waitFor();
  await look(workspace, 'the home', found);
}

/** A new workspace, at its beginning again. */
async function startOver(workspace: WorkspacePage): Promise<void> {
  const { page } = workspace;
  await press(workspace, 'start-over');
  const waiting = page.getByText('Starting over: a new workspace');
  await waiting.waitFor();
  await waiting.waitFor({ state: 'detached' });
  await workspace.message('web-2.4.0 is planned').waitFor();
  await step(workspace, 'jump');
  expect(await page.getByTestId('message').count()).toBe(1);
  expect(await page.getByTestId('act-as').textContent()).toContain('Rita Moreno');
}

async function closeAnswer(workspace: WorkspacePage, words: string): Promise<void> {
  const modal = workspace.page.getByTestId('modal');
  await modal.getByText(words).waitFor();
  // What the app shows in between takes a key press with it; a person presses again.
  for (let isOpen = true; isOpen; ) {
    await press(workspace, 'modal-close');
    isOpen = await modal.waitFor({ state: 'detached', timeout: 3_000 }).then(
      () => false,
      () => true,
    );
  }
}

/** Presses Tab until a control has the focus, then Enter. */
async function tabAndPress({ page }: WorkspacePage, testId: string): Promise<void> {
  await tabTo(page, testId);
  await page.keyboard.press('Enter');
}

/** Presses Enter on a control; that Tab leads to each is another test's. */
async function press({ page }: WorkspacePage, testId: string): Promise<void> {
  await page.getByTestId(testId).last().press('Enter');
}

/** Waits until the first steps are at one of them. */
async function step({ page }: WorkspacePage, name: string): Promise<void> {
  await page.locator(`.hints[data-step="${name}"]`).waitFor();
}

async function look({ page }: WorkspacePage, name: string, found: string[]): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await atRest(page);
    const troubles = await seriousTroubles(page);
    found.push(...troubles.map((trouble) => `${name}, ${colorScheme}: ${trouble}`));
  }
}

/** Colours are judged once nothing is on its way from one to another. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
}
