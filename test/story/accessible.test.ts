import { expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { importPlan, loadExamplePlan } from '../../sandbox/example-release.ts';
import { findCut } from '../sandbox/page/find-cut.ts';
import { seriousTroubles } from '../support/serious-troubles.ts';
import { WorkspacePage } from '../support/workspace-page.ts';
import { SandboxProcess } from './support/sandbox-process.ts';

it('leaves axe nothing serious to find, light and dark, wide and narrow', async () => {
  await using sandbox = await SandboxProcess.start({ page: true });
  const control = createControlClient(sandbox.url);
  const example = await loadExamplePlan((await control.clock()).nowMs);
  await importPlan(control, example);
  const found: string[] = [];
  for (const width of [1440, 390]) {
    await using workspace = await WorkspacePage.open(sandbox.url, { width, height: 844 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await workspace.page.emulateMedia({ colorScheme });
      const look = async (name: string) => {
        const troubles = await seriousTroubles(workspace.page);
        found.push(...troubles.map((trouble) => `${name}, ${width} px, ${colorScheme}: ${trouble}`));
      };
      await lookAround(workspace, look);
    }
    expect(workspace.troubles).toEqual([]);
  }
  expect(found).toEqual([]);
});

it('leaves axe nothing serious to find while a release is played, and in Teams after it', async () => {
  await using sandbox = await SandboxProcess.start({ page: true });
  const control = createControlClient(sandbox.url);
  await importPlan(control, await loadExamplePlan((await control.clock()).nowMs));
  await using workspace = await WorkspacePage.open(sandbox.url);
  const { page } = workspace;
  const found: string[] = [];
  const look = async (name: string) => {
    for (const width of [1440, 1024, 768, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const troubles = [...(await findCut(workspace)), ...(await seriousTroubles(page))];
        found.push(...troubles.map((trouble) => `${name}, ${width} px, ${colorScheme}: ${trouble}`));
      }
    }
  };
  await workspace.message('web-2.4.0 is planned').waitFor();
  await page.getByTestId('watch').click();
  await page.getByTestId('show-pause').click();
  await page.getByTestId('show-pause').filter({ hasText: 'Continue' }).waitFor();
  await look('the show');
  await page.getByTestId('show-stop').click();
  await page.getByTestId('show').waitFor({ state: 'detached' });
  await look('after the show');
  await page.setViewportSize({ width: 1440, height: 844 });
  await page.getByTestId('platform-teams').click();
  await workspace.message('web-2.4.0').waitFor();
  await look('Teams');
  expect(found).toEqual([]);
  expect(workspace.troubles).toEqual([]);
});

/** The page's own places, one after the other, and back to where it began. */
async function lookAround(workspace: WorkspacePage, look: (name: string) => Promise<void>): Promise<void> {
  const { page } = workspace;
  await workspace.message('web-2.4.0 is planned').waitFor();
  await look('the beginning');
  await page.getByTestId('world').click();
  await page.getByTestId('kill-bot').waitFor();
  await look('World');
  await page.getByRole('button', { name: 'Close World' }).click();
  await page.getByTestId('search').click();
  await page.getByTestId('search-words').fill('planned');
  await page.getByTestId('found').first().waitFor();
  await look('the search');
  await page.getByRole('button', { name: 'Close Search' }).click();
  await page.getByTestId('composer').fill('@');
  await page.getByTestId('command-menu').waitFor();
  await look('the completion');
  await page.getByTestId('composer').fill('');
  if ((await page.getByTestId('author').count()) === 0) await workspace.type('Good morning.');
  await page.getByTestId('author').last().click();
  await page.getByTestId('profile').waitFor();
  await look('a profile');
  await page.keyboard.press('Escape');
  await page.getByTestId('composer').fill('/release new blank');
  await page.getByTestId('composer').press('Enter');
  await page.getByTestId('modal').waitFor();
  await page.getByTestId('modal-submit').click();
  await page.getByText('This field is required.').first().waitFor();
  await look('a form with errors');
  await page.getByTestId('modal-close').click();
  await page.getByTestId('modal').waitFor({ state: 'detached' });
}
