import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { WorkspacePage } from '../support/workspace-page.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

const check = 'Ready? Web shop 2.4.0';
const decision = 'Go or no-go? Web shop 2.4.0';

it('leads in Teams through the first steps, from the plan to the rollback', async () => {
  await using sandbox = await SandboxProcess.start({
    ...{ page: true, kept: true, load: 300, platforms: ['slack', 'teams'] },
  });
  await using workspace = await WorkspacePage.open(`${sandbox.url}/?platform=teams`);
  try {
    await begin(workspace);
    await vote(workspace);
    await decide(workspace);
    await promote(workspace);
    await breakIt(workspace);
  } catch (error) {
    await workspace.takePicture('failed');
    throw new Error(`The page shows:\n${await workspace.outline()}`, { cause: error });
  }
  expect(workspace.troubles).toEqual([]);
});

async function begin(workspace: WorkspacePage): Promise<void> {
  await workspace.message('web-2.4.0 is planned').waitFor();
  await press(workspace, 'try-it');
  await step(workspace, 'jump');
  await press(workspace, 'hint-main');
  await workspace.message('web-2.4.0: readiness review').waitFor();
}

async function vote(workspace: WorkspacePage): Promise<void> {
  await step(workspace, 'vote');
  await press(workspace, 'hint-main');
  await pressOn(workspace, `${check} · 0 of 6 voted`, 'Go');
  await step(workspace, 'decide');
}

/** The readiness check first, then the decision. */
async function decide(workspace: WorkspacePage): Promise<void> {
  await letOthersVote(workspace, `${check} · 6 of 6 voted`);
  await confirm(workspace, check, 'Close now');
  await workspace.message('readiness check passed 6/6').waitFor();

  // Who closed the poll sees it closed before everybody else does.
  await workspace.page.getByRole('button', { name: 'Jump to the decision' }).click();
  await letOthersVote(workspace, `${decision} · 5 of 6 voted`);
  await pressOn(workspace, decision, 'Go');
  await workspace.message(`${decision} · 6 of 6 voted`).waitFor();
  await confirm(workspace, decision, 'Close now');
}

async function promote(workspace: WorkspacePage): Promise<void> {
  await step(workspace, 'promote');
  await press(workspace, 'hint-main');
  await confirm(workspace, 'Web shop 2.4.0 · ready to start', 'Promote to 1 %');
  await step(workspace, 'faulty');
  await workspace.page.locator('[data-testid="traffic-weight"][data-weight="1"]').waitFor();
}

async function breakIt(workspace: WorkspacePage): Promise<void> {
  await press(workspace, 'hint-main');
  await workspace.message('Web shop 2.4.0 at 1 %: FAILING').waitFor();
  await step(workspace, 'rollback');
  await press(workspace, 'hint-main');
  await pressOn(workspace, 'Web shop 2.4.0 at 1 %: FAILING', 'Roll back…');
  const dialog = workspace.page.getByTestId('modal');
  await dialog.getByTestId('input-reason').fill('A third of the checkouts fail');
  await dialog.getByRole('button', { name: 'Roll back now' }).click();
  await step(workspace, 'end');
  await workspace.message('web-2.4.0: rolled back').waitFor();
  await workspace.takePicture('rolled-back');
}

/** As often as it takes: somebody's ballot may not have arrived at the first time. */
async function letOthersVote(workspace: WorkspacePage, outcome: string): Promise<void> {
  await eventually(async () => {
    const others = workspace.page.getByTestId('others-vote');
    if (await others.isVisible()) await others.click();
    await workspace.message(outcome).waitFor({ timeout: 4_000 });
  }, 40_000);
}

/** Presses a button of a card, which may be drawn anew under the pointer. */
async function pressOn(workspace: WorkspacePage, card: string, label: string): Promise<void> {
  await workspace.message(card).getByRole('button', { name: label, exact: true }).first().click();
}

/** A button that asks first, and the answer yes: both have the same label. */
async function confirm(workspace: WorkspacePage, card: string, label: string): Promise<void> {
  await pressOn(workspace, card, label);
  await workspace.message(card).getByRole('button', { name: label, exact: true }).last().click();
}

async function press({ page }: WorkspacePage, testId: string): Promise<void> {
  await page.getByTestId(testId).last().click();
}

/** Waits until the first steps are at one of them. */
async function step({ page }: WorkspacePage, name: string): Promise<void> {
  await page.locator(`.hints[data-step="${name}"]`).waitFor();
}
