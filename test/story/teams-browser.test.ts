import { expect, it } from 'vitest';
import { type ChatPlatform, createControlClient } from '../../sandbox/control-client.ts';
import { loadExamplePlan } from '../../sandbox/example-release.ts';
import type { Installation, InstallationChange } from '../../sandbox/teams-control-api.ts';
import { deriveSchedule } from '../../src/core/schedule/derive-schedule.ts';
import { eventually } from '../support/eventually.ts';
import { WorkspacePage } from '../support/workspace-page.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

/** The page on Teams, of a sandbox with the example release. */
async function openTeams(
  platforms: readonly ChatPlatform[],
): Promise<{ sandbox: SandboxProcess; workspace: WorkspacePage }> {
  const sandbox = await SandboxProcess.start({ page: true, kept: true, load: 300, platforms });
  const workspace = await WorkspacePage.open(`${sandbox.url}/?platform=teams`);
  await workspace.message('web-2.4.0 is planned').waitFor();
  return { sandbox, workspace };
}

/** Says what the page showed when something does not come. */
async function explained(workspace: WorkspacePage, play: () => Promise<void>): Promise<void> {
  try {
    await play();
  } catch (error) {
    await workspace.takePicture('failed');
    throw new Error(`The page shows:\n${await workspace.outline()}`, { cause: error });
  }
}

it('has a question about a message answered once, in the chat of who leads the release', async () => {
  const opened = await openTeams(['teams']);
  await using sandbox = opened.sandbox;
  await using workspace = opened.workspace;
  const { page } = workspace;
  const control = createControlClient(sandbox.url, 'teams');
  await explained(workspace, async () => {
    await control.faults([{ kind: 'drop-after-posting', methods: [], times: 1 }]);
    await page.getByTestId('jump-next').click();
    await eventually(async () => expect((await sandboxFaults(sandbox.url)).length).toBe(0), 40_000);
    await workspace.goTo('tminus');
    const asked = /did a message to .+ arrive\?/;
    const question = workspace.message(asked);
    await question.waitFor();
    await question.getByRole('button', { name: 'Send it again' }).click();
    await question.getByText('This is settled.').waitFor();
    expect(await question.getByRole('button', { name: 'Send it again' }).count()).toBe(0);
  });
});

it('shows who can not be reached, and that they can be again', async () => {
  const opened = await openTeams(['teams']);
  await using sandbox = opened.sandbox;
  await using workspace = opened.workspace;
  const control = createControlClient(sandbox.url, 'teams');
  const { people } = await control.workspace();
  const install = async (handle: string, state: Installation['people'][string]) => {
    const id = people.find(({ name }) => name === handle)?.id ?? '';
    await changeInstallation(sandbox.url, { people: { [id]: state } });
  };
  await explained(workspace, async () => {
    // Dana has blocked the bot and Sam has removed the app when a vote opens: Rita is told, and the channel sees it.
    await install('dana', 'blocked');
    await install('sam', 'removed');
    const { plan } = await loadExamplePlan((await control.clock()).nowMs);
    const opens = deriveSchedule(plan).find(({ kind }) => kind === 'poll')?.dueAt;
    await control.jump(new Date(opens ?? 0).toISOString());
    const card = workspace.message('Ready? Web shop 2.4.0');
    await card.getByText("Dana Fischer (DevOps Lead, can't be reached)").waitFor();
    await card.getByText("Sam Okoye (Security Lead, can't be reached)").waitFor();
    await workspace.takePicture('channel-unreachable');
    await workspace.goTo('tminus');
    for (const name of ['Dana Fischer', 'Sam Okoye']) {
      const notice = workspace.message(`${name} can't be reached`);
      await notice.getByText('Please ask them to add the app again').waitFor();
    }
    await workspace.takePicture('rita-is-told');

    // Dana has no ballot, and votes on the card that everybody sees.
    await workspace.actAs('dana');
    await workspace.takePicture('dana-blocked');
    expect(await workspace.message('Web shop 2.4.0').count()).toBe(0);
    await workspace.goTo('release-deployment');
    await card.getByRole('button', { name: 'Go', exact: true }).click();
    await card.getByText('Your vote: go.').waitFor();
    await workspace.takePicture('dana-votes');

    // Sam adds the app again: he gets the ballot that he missed, and is not greeted again.
    await install('sam', 'installed');
    await card.getByText('Sam Okoye (Security Lead)').waitFor();
    await workspace.actAs('sam');
    await workspace.goTo('tminus');
    await workspace
      .message('Is Web shop 2.4.0 ready?')
      .getByRole('button', { name: 'Go', exact: true })
      .click();
    await workspace.message('Your vote: go').waitFor();
    expect(await workspace.page.getByText('Hello! I guide software releases').count()).toBe(1);
    await workspace.takePicture('sam-is-back');
  });
});

async function changeInstallation(url: string, change: InstallationChange): Promise<void> {
  const response = await fetch(`${url}/teams/sandbox/installation`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  expect(response.status).toBe(200);
}

async function sandboxFaults(url: string): Promise<unknown[]> {
  const { active } = (await (await fetch(`${url}/teams/sandbox/faults`)).json()) as { active: unknown[] };
  return active;
}
