/**
 * Takes the pictures in docs/cards.md anew: every golden card, as the sandbox's page shows it.
 * `npx tsx test/bot/cards/pictures-main.ts [NAME…]`, with the beginnings of the names of those that are wanted.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebClient } from '@slack/web-api';
import { SandboxClock } from '../../../sandbox/sandbox-clock.ts';
import { servePage } from '../../../sandbox/serve-page.ts';
import { defaultSeed } from '../../../sandbox/workspace/seed.ts';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import { renderHome } from '../../../src/bot/slack/render/home.ts';
import { renderMessage } from '../../../src/bot/slack/render/message.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { WorkspacePage } from '../../support/workspace-page.ts';

const goldenFolder = 'test/bot/cards/golden';
const pictureFolder = 'docs/images/cards';
const channel = 'C0RELEASE';
const rita = 'U0RITA';

/** Accounts of the workspace for those of the example cards. */
const accounts: Record<string, string> = {
  'U-release_manager': rita,
  'U-engineering_lead': 'U0EMIL',
  'U-qa_lead': 'U0QUINN',
  'U-devops_lead': 'U0DANA',
  'U-product_owner': 'U0PRIYA',
  'U-security_lead': 'U0SAM',
  'U-support_lead': 'U0TOM',
};

const moments: readonly (readonly [RegExp, string])[] = [
  [/^(poll-|ballot-|home-no-go)(closed|withdrawn|readiness-passed|$)/, '2030-06-18T06:05:00Z'],
  [/^(poll|ballot|home-ballots|home-manager|rollout-not-approved)/, '2030-06-17T13:00:00Z'],
  [/^rollout-approved/, '2030-06-18T07:00:00Z'],
  [/^rollout-(roll|back)/, '2030-06-18T09:10:00Z'],
  [/^rollout-completed/, '2030-06-18T14:30:00Z'],
  [/^rollout-(ready|unknown-gate)/, '2030-06-19T08:10:00Z'],
  [/^(tasks|checklists?|readiness)/, '2030-06-14T13:00:00Z'],
  [/^guard-request/, '2030-06-18T11:00:00Z'],
  [/^overdue/, '2030-06-04T13:00:00Z'],
  [/^(draft-(late|sent)|home-drafts)/, '2030-06-11T14:00:00Z'],
  [/^draft/, '2030-06-06T10:00:00Z'],
];

const wanted = process.argv.slice(2);
const names = readdirSync(goldenFolder)
  .map((file) => file.replace('.golden.json', ''))
  .filter((name) => wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning)))
  // The clock goes forward only.
  .sort((one, other) => clockFor(one) - clockFor(other));

function readCard(name: string): Card {
  const json = readFileSync(path.join(goldenFolder, `${name}.golden.json`), 'utf8');
  return JSON.parse(json.replaceAll(/U-[a-z_]+/g, (id) => accounts[id] ?? id));
}

/** When a card is looked at: shortly after what it shows, so that its times read as they do when they matter. */
function clockFor(name: string): number {
  const [, at = '2030-06-18T08:10:00Z'] = moments.find(([names]) => names.test(name)) ?? [];
  return Date.parse(at);
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'card-pictures-'));
const clock = new SandboxClock({ startMs: clockFor(names[0] ?? ''), paused: true });
const workspace = await startWorkspace({
  port: 0,
  dataDir,
  clock,
  seed: defaultSeed,
  signingSecret: 'secret',
  botToken: 'xoxb-pictures',
  appToken: 'xapp-pictures',
  delivery: { kind: 'socket' },
  commands: [],
  scopes: ['chat:write', 'im:write', 'users:read', 'channels:read'],
  events: [],
  limits: 'off',
  extensions: async (app) => {
    await servePage(app);
    app.get('/sandbox/demo', async () => null);
    app.get('/sandbox/bot', async () => ({ pid: 1, state: 'running', restarts: 0 }));
  },
});
const client = new WebClient('xoxb-pictures', { slackApiUrl: workspace.apiUrl });
mkdirSync(pictureFolder, { recursive: true });
const opened = await WorkspacePage.open(workspace.url, { width: 1120, height: 1400 });
try {
  await opened.page.getByTestId('composer').waitFor();
  for (const name of names) await takePicture(name);
} finally {
  await opened[Symbol.asyncDispose]();
  await workspace.close();
  rmSync(dataDir, { recursive: true });
}

async function takePicture(name: string): Promise<void> {
  const card = readCard(name);
  if (clock.now() < clockFor(name)) clock.jumpTo(clockFor(name));
  const file = path.join(pictureFolder, `${name}.png`);
  if (name.startsWith('home-')) {
    await client.views.publish({ user_id: rita, view: renderHome(card) });
    await opened.page.getByTestId('app-home').click();
    const home = opened.page.getByTestId('home');
    await home.getByText('Needs you', { exact: true }).waitFor();
    await home.locator('.blocks').first().screenshot({ path: file });
    return;
  }
  await opened.goTo('release-deployment');
  const { text, blocks } = renderMessage(card);
  const { ts } = await client.chat.postMessage({ channel, text, blocks });
  const [first] = card.blocks;
  const shown = opened.message(first?.type === 'header' ? first.text : text);
  await shown.waitFor();
  await shown.screenshot({ path: file });
  if (ts) await client.chat.delete({ channel, ts });
}
