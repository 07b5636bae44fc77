/**
 * Pictures of the page's places on both platforms and of the show, by keyboard alone, at the widths of a desk, a tablet and a phone and at twice the
 * size, light and dark: `npx tsx test/sandbox/page/screens-main.ts <address of a running sandbox> <folder>`. What is
 * cut off is said, too.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { tabTo } from '../../support/tab-to.ts';
import { WorkspacePage } from '../../support/workspace-page.ts';
import { findCut } from './find-cut.ts';

const sizes = { 1440: 900, 1024: 768, 768: 1024, 640: 360, 390: 844 };

type Place = (workspace: WorkspacePage) => Promise<void>;

/** Each begins with the page as it was opened. */
const places: Record<string, Place> = {
  opened: async () => undefined,
  completion: async ({ page }) => {
    await tabTo(page, 'composer');
    await page.keyboard.type('/rel');
  },
  people: async (workspace) => {
    await openDrawer(workspace);
    await enter(workspace, 'act-as');
  },
  profile: async (workspace) => {
    // Only people have one, and at the beginning nobody has said anything.
    if ((await workspace.page.getByTestId('author').count()) === 0) await workspace.type('Good morning.');
    await enter(workspace, 'author');
    await workspace.page.getByTestId('profile').waitFor();
  },
  'first steps': async (workspace) => {
    await enter(workspace, 'try-it');
    await workspace.page.getByTestId('hints').waitFor();
  },
  world: (workspace) => enter(workspace, 'world'),
  search: async (workspace) => {
    await enter(workspace, 'search');
    await tabTo(workspace.page, 'search-words');
    await workspace.page.keyboard.type('web');
    await workspace.page.getByTestId('found').first().waitFor();
  },
  reaction: (workspace) => enter(workspace, 'add-reaction'),
  thread: (workspace) => enter(workspace, 'reply'),
  modal: async (workspace) => {
    await tabTo(workspace.page, 'composer');
    await workspace.page.keyboard.type('/release new');
    await workspace.page.keyboard.press('Enter');
    await workspace.page.getByTestId('modal').waitFor();
  },
  'start over': async (workspace) => {
    await enter(workspace, 'world');
    await workspace.page.getByTestId('world-panel').waitFor();
    await enter(workspace, 'world-start-over');
  },
  teams: async (workspace) => {
    await workspace.page.goto(`${url}/?platform=teams`);
    await workspace.page.getByTestId('message').first().waitFor();
  },
  'teams chat': async (workspace) => {
    await workspace.page.goto(`${url}/?platform=teams`);
    await openDrawer(workspace);
    await enter(workspace, 'channel-tminus');
    await tabTo(workspace.page, 'composer');
    await workspace.page.keyboard.type('home');
    await workspace.page.keyboard.press('Enter');
    await workspace.page.getByText('Needs you').last().waitFor();
  },
  home: async (workspace) => {
    await openDrawer(workspace);
    await enter(workspace, 'app-home');
    await workspace.page.getByTestId('home').waitFor();
  },
};

const [url, folder = 'screens'] = process.argv.slice(2);
if (!url) throw new Error('Name the address of a running sandbox.');
await mkdir(folder, { recursive: true });
for (const [width, height] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await using workspace = await WorkspacePage.open(url, { width: Number(width), height });
    const { page } = workspace;
    await page.emulateMedia({ colorScheme });
    for (const [name, go] of Object.entries(places)) {
      await page.goto('about:blank');
      await page.goto(url);
      await page.getByTestId('composer').or(page.getByTestId('home')).first().waitFor();
      await go(workspace);
      await page.waitForTimeout(300);
      const cut = await findCut(workspace);
      if (cut.length > 0) console.log(`${name}, ${width} px, ${colorScheme}: ${cut.join('; ')}`);
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`) });
      await page.keyboard.press('Escape');
    }
  }
}

await takeShow();

/** The show is one for all pages: paused at its beginning, and looked at in every size. It needs a new workspace. */
async function takeShow(): Promise<void> {
  await using workspace = await WorkspacePage.open(url ?? '');
  const { page } = workspace;
  if ((await page.getByTestId('watch').count()) === 0) return;
  await enter(workspace, 'watch');
  await enter(workspace, 'show-pause');
  for (const [width, height] of Object.entries(sizes)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: path.join(folder, `show-${width}-${colorScheme}.png`) });
    }
  }
}

async function enter({ page }: WorkspacePage, testId: string): Promise<void> {
  await tabTo(page, testId);
  await page.keyboard.press('Enter');
}

/** Channels and people are behind a button where the page is narrow. */
async function openDrawer(workspace: WorkspacePage): Promise<void> {
  if (await workspace.page.getByTestId('menu').isVisible()) await enter(workspace, 'menu');
}
