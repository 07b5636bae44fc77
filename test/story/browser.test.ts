import { expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { importPlan } from '../../sandbox/example-release.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { deriveSchedule } from '../../src/core/schedule/derive-schedule.ts';
import { goLiveInstant } from '../../src/core/schedule/resolve-schedule-time.ts';
import { WorkspacePage } from '../support/workspace-page.ts';
import { SandboxProcess } from './support/sandbox-process.ts';
import { loadQuickPlan } from './support/stage-story.ts';

/** Who votes with the button of the card in the channel. */
const votersInChannel = [
  { handle: 'emil', name: 'Emil Novak' },
  { handle: 'quinn', name: 'Quinn Abara' },
  { handle: 'dana', name: 'Dana Fischer' },
  { handle: 'priya', name: 'Priya Raman' },
  { handle: 'sam', name: 'Sam Okoye' },
];

it('carries a release from T-14 to its rollback, by people at their browser', async () => {
  await using sandbox = await SandboxProcess.start({ page: true });
  const control = createControlClient(sandbox.url);
  const example = await loadQuickPlan((await control.clock()).nowMs);
  await importPlan(control, example);
  await using workspace = await WorkspacePage.open(sandbox.url);
  await workspace.goTo('release-deployment');
  await workspace.message('web-2.4.0 is planned').waitFor();
  try {
    await holdReadinessCheck(workspace, example.plan);
    await decide(workspace, example.plan);
    await promote(workspace, example.plan);
    await meetFaultyVersion(workspace);
    await rollBack(workspace);
    await lookAtHome(workspace);
  } catch (error) {
    await workspace.takePicture('failed');
    throw new Error(`The page shows:\n${await workspace.outline()}`, { cause: error });
  }
  expect(workspace.troubles).toEqual([]);
});

async function holdReadinessCheck(workspace: WorkspacePage, plan: Plan): Promise<void> {
  const card = workspace.message('Ready? Web shop 2.4.0');
  const { opensAt, closesAt } = pollOf(plan, 'readiness');
  await workspace.jumpTo(opensAt);
  await card.getByText('0 of 6 voted').waitFor();
  await workspace.message('web-2.4.0: readiness review').waitFor();

  await workspace.actAs('ines');
  await card.getByTestId('action-vote-go').click();
  await workspace.privateAnswer("You don't vote on web-2.4.0.").waitFor();
  await workspace.takePicture('refusal');

  await workspace.actAs('quinn');
  await card.getByTestId('action-vote-no-go').click();
  await workspace.giveReason('Two regression tests are still red');
  await card.getByText('(QA Lead): Two regression tests are still red').waitFor();
  await workspace.takePicture('no-go');

  await workspace.actAs('rita');
  await card.getByTestId('action-close-poll').click();
  await workspace.answer('Close the readiness check now?', 'no');

  // It is open still.
  await voteGoByAll(workspace, 'Ready? Web shop 2.4.0');
  await workspace.jumpTo(closesAt);
  await workspace.message('web-2.4.0: readiness check passed').waitFor();
  await workspace.message('readiness check passed 6/6').waitFor();
}

async function decide(workspace: WorkspacePage, plan: Plan): Promise<void> {
  const { opensAt } = pollOf(plan, 'decision');
  await workspace.jumpTo(opensAt);
  const title = 'Go or no-go? Web shop 2.4.0';
  await voteGoByAll(workspace, title);
  await workspace.actAs('rita');
  await workspace.message(title).getByTestId('action-close-poll').click();
  await workspace.takePicture('close-now');
  await workspace.answer('Close the go/no-go now?', 'yes');
  await workspace.message('All 6 required roles voted go. web-2.4.0 is approved').waitFor();
  await workspace.takePicture('decision');
}

function pollOf(plan: Plan, kind: 'readiness' | 'decision'): { opensAt: number; closesAt: number } {
  for (const item of deriveSchedule(plan)) {
    if (item.kind === 'poll' && item.poll.kind === kind)
      return { opensAt: item.dueAt, closesAt: item.poll.closesAt };
  }
  throw new Error(`The plan has no ${kind} poll.`);
}

/** Rita in her direct messages, the others with the card in the channel. */
async function voteGoByAll(workspace: WorkspacePage, title: string): Promise<void> {
  await workspace.actAs('rita');
  await workspace.goTo('tminus');
  const ballot = workspace.message('You have not voted yet.');
  await workspace.click(ballot.getByTestId('action-vote-go'), workspace.message('✅ Your vote: go'));
  await workspace.takePicture('ballot');
  await workspace.goTo('release-deployment');
  const card = workspace.message(title);
  for (const { handle, name } of votersInChannel) {
    await workspace.actAs(handle);
    await workspace.click(card.getByTestId('action-vote-go'), card.getByText(new RegExp(`✅ Go: .*${name}`)));
  }
  await workspace.takePicture('votes');
}

async function promote(workspace: WorkspacePage, plan: Plan): Promise<void> {
  await workspace.jumpTo(goLiveInstant(plan));
  await workspace.message('Web shop 2.4.0 · ready to start').waitFor();
  await workspace.actAs('ines');
  await workspace.type('/promote web-2.4.0 --yes');
  await workspace.privateAnswer("You can't promote web-2.4.0.").waitFor();

  await workspace.actAs('dana');
  // "/pro" and Tab gives the command, another Tab the release.
  await workspace.type('/pro', 2);
  const modal = workspace.page.getByTestId('modal');
  await modal.getByText('This takes web-2.4.0 from 0 % to 1 % of traffic.').waitFor();
  await modal.getByTestId('modal-submit').click();
  await modal.getByText('web-2.4.0: started with 1 %.').waitFor();
  await workspace.page.getByTestId('modal-close').click();
  await workspace.message('web-2.4.0: started with 1 %').waitFor();
  await workspace.message('Web shop 2.4.0 · 1 %').waitFor();
  await workspace.takePicture('promoted');
}

async function meetFaultyVersion(workspace: WorkspacePage): Promise<void> {
  const { page } = workspace;
  const card = workspace.message('Web shop 2.4.0 · 1 %');
  await card.getByText('🟢 Error rate').waitFor();
  await page.getByTestId('world').click();
  await page.getByTestId('demo-faulty').click();
  await card.getByText('🔴 Error rate').waitFor();
  await workspace.jump();
  await workspace.message('the soak at 1 % is over').waitFor();
  await workspace.type('/promote web-2.4.0 --yes');
  await workspace
    .privateAnswer("web-2.4.0 can't be promoted now.")
    .getByText(/Error rate is/)
    .waitFor();
  await workspace.takePicture('gate');
}

async function rollBack(workspace: WorkspacePage): Promise<void> {
  const { page } = workspace;
  await workspace.actAs('emil');
  await workspace.type('/rollback web-2.4.0');
  await workspace.giveReason('A third of the checkouts fail');
  await page.getByTestId('modal').getByText('All traffic is on the previous version again').waitFor();
  await page.getByTestId('modal-close').click();
  await workspace.message('web-2.4.0: rolled back. All traffic is on the previous version again').waitFor();
  await workspace.message('rolled back · customers on the previous version').waitFor();
  await page.locator('[data-testid="demo-weight"][data-weight="0"]').waitFor();
  await workspace.takePicture('rolled-back');
}

async function lookAtHome(workspace: WorkspacePage): Promise<void> {
  await workspace.actAs('rita');
  await workspace.page.getByTestId('app-home').click();
  const home = workspace.page.getByTestId('home');
  await home.getByRole('heading', { name: 'Needs you' }).waitFor();
  await home.getByText(/rolled back · customers on the previous version/).waitFor();
  await workspace.takePicture('home');
}
