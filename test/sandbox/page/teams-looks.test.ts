import { expect, it } from 'vitest';
import { seriousTroubles } from '../../support/serious-troubles.ts';
import type { WorkspacePage } from '../../support/workspace-page.ts';
import { findCut } from './find-cut.ts';
import { dialogAnswer, openTeamsPage, type PagedTeams, RELEASE, startPagedTeams } from './open-teams-page.ts';
import { pollCard, reasonCard } from './teams-cards.ts';

it.each([1440, 768, 390])(
  'is within reach at %i pixels, and leaves axe nothing serious to find',
  async (width) => {
    const teams: PagedTeams = await startPagedTeams(async ({ activity }) => {
      const { type, name, id } = activity;
      if (name === 'task/fetch') return dialogAnswer('Why not?', reasonCard({ error: 'Say a little more.' }));
      if (type === 'message') await teams.reply(RELEASE, id ?? '', '**Read**: nothing is under way.');
      return undefined;
    });
    await teams.post(RELEASE, pollCard({ voted: 2, own: '✅ Your vote: go' }));
    const opened = await openTeamsPage(teams, { width, height: 844 });
    await opened.type('@tminus release list');
    await opened.page.locator('.reply strong', { hasText: 'Read' }).waitFor();
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await opened.page.emulateMedia({ colorScheme });
      await lookAround(opened, async (name) => {
        await opened.takePicture(`${name}-${width}-${colorScheme}`);
        const troubles = [...(await findCut(opened)), ...(await seriousTroubles(opened.page))];
        found.push(...troubles.map((trouble) => `${name}, ${colorScheme}: ${trouble}`));
      });
    }
    expect(found).toEqual([]);
    expect(opened.troubles).toEqual([]);
  },
  60_000,
);

async function lookAround(opened: WorkspacePage, look: (name: string) => Promise<void>): Promise<void> {
  const { page } = opened;
  const card = opened.message('Go or no-go?');
  await card.getByRole('button', { name: 'Close now', exact: true }).click();
  await card.getByRole('button', { name: 'Remind', exact: true }).click();
  await look('channel');
  await card.getByRole('button', { name: 'Remind', exact: true }).click();
  await card.getByRole('button', { name: 'Close now', exact: true }).click();
  await card.getByTestId('action-vote-no-go').click();
  await page.getByTestId('modal').getByText('Say a little more.').waitFor();
  await page.getByTestId('action-send').click();
  await look('dialog');
  await page.getByTestId('modal-close').click();
  await page.getByTestId('modal').waitFor({ state: 'detached' });
  await openDrawer(opened);
  // A drawer slides in; it can be used when it stands.
  await page.getByTestId('platform-teams').click({ trial: true });
  await look('places');
  await opened.goTo('tminus');
  await page.getByTestId('composer').fill('rel');
  await page.getByTestId('command-menu').waitFor();
  await look('chat');
  await page.getByTestId('composer').fill('');
  await openDrawer(opened);
  await opened.goTo('release-deployment');
}

/** Chat and channels are behind a button where the page is narrow. */
async function openDrawer({ page }: WorkspacePage): Promise<void> {
  if (await page.getByTestId('menu').isVisible()) await page.getByTestId('menu').click();
}
