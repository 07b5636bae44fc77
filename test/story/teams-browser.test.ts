import { expect, it } from 'vitest';
import { type ChatPlatform, createControlClient } from '../../sandbox/control-client.ts';
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

async function sandboxFaults(url: string): Promise<unknown[]> {
  const { active } = (await (await fetch(`${url}/teams/sandbox/faults`)).json()) as { active: unknown[] };
  return active;
}
