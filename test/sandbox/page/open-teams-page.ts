import type { InvokeResponse, TurnContext } from 'botbuilder';
import { onTestFinished } from 'vitest';
import { SandboxClock } from '../../../sandbox/sandbox-clock.ts';
import { openTeams } from '../../../sandbox/teams/open-teams.ts';
import { WorkspacePage } from '../../support/workspace-page.ts';
import {
  channelCalled,
  clientSecret,
  createConnector,
  messageWith,
  seed,
  startBot,
  type TestTeams,
} from '../teams/harness.ts';
import { startTestWorkspace, TestWall, temporaryFolder } from '../workspace/harness.ts';
import { registerPageAndWorld } from './open-page.ts';

export const RELEASE = channelCalled('release-deployment');

/** What the app of a test answers: an invoke by its response, anything else by what it sends. */
export type OnTurn = (context: TurnContext) => Promise<InvokeResponse | undefined>;

export interface PagedTeams extends TestTeams {
  /** Posts a card into a channel, and answers its message's id. */
  post: (channel: string, card: object) => Promise<string>;
  /** Answers below a post. */
  reply: (channel: string, root: string, text: string) => Promise<void>;
  /** Replaces a card for everybody. */
  update: (channel: string, id: string, card: object) => Promise<void>;
}

/** Slack and Teams on one port with the page, and a small app in Teams. */
export async function startPagedTeams(onTurn?: OnTurn): Promise<PagedTeams> {
  const wall = new TestWall();
  const dataDir = temporaryFolder();
  const clock = new SandboxClock({ startMs: Date.parse('2026-12-01T08:00:00Z'), wall: wall.now });
  const bot: TestTeams['bot'] = { url: null };
  const teams = await openTeams({
    dataDir,
    clock,
    seed,
    clientSecret,
    botUrl: () => bot.url,
    limits: 'off',
    commands: [
      { command: 'promote', description: 'Promotes', usageHint: '[KEY] [to 10% | full]' },
      { command: 'release', description: 'Releases', usageHint: 'new | list | show [KEY]' },
    ],
    clockState: async () => ({ ...clock.state(), nextDueMs: null }),
  });
  onTestFinished(() => teams.close());
  const workspace = await startTestWorkspace({
    dataDir,
    clock,
    limits: 'off',
    extensions: async (app, _publish, baseUrl) => {
      await teams.register(app, baseUrl);
      await registerPageAndWorld(app);
    },
  });
  const running = { ...teams, url: workspace.url, dataDir, wall, clock, bot, close: workspace.close };
  await startBot(running, onTurn);
  const connector = await createConnector(running);
  return {
    ...running,
    post: async (channel, card) => {
      const { body } = await connector(
        'POST',
        `conversations/${encodeURIComponent(channel)}/activities`,
        messageWith(card),
      );
      if (body.error) throw new Error(body.error.message);
      return String(body.id);
    },
    reply: async (channel, root, text) => {
      const path = `conversations/${encodeURIComponent(`${channel};messageid=${root}`)}/activities`;
      const { body } = await connector('POST', path, { type: 'message', text });
      if (body.error) throw new Error(body.error.message);
    },
    update: async (channel, id, card) => {
      const path = `conversations/${encodeURIComponent(channel)}/activities/${id}`;
      const { body } = await connector('PUT', path, { ...messageWith(card), id });
      if (body.error) throw new Error(body.error.message);
    },
  };
}

/** A browser with the page of Teams, closed with the test. */
export async function openTeamsPage(
  { url }: { url: string },
  viewport = { width: 1280, height: 900 },
): Promise<WorkspacePage> {
  const opened = await WorkspacePage.open(`${url}/?platform=teams`, viewport);
  onTestFinished(() => opened[Symbol.asyncDispose]());
  opened.page.setDefaultTimeout(15_000);
  await opened.page.getByTestId('composer').waitFor();
  return opened;
}

/** What an invoke is answered with. */
export const answer = (body: unknown): InvokeResponse => ({ status: 200, body });

/** A card in place of the one that was clicked, for the clicker. */
export const cardAnswer = (card: object) =>
  answer({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card });

/** A dialog with a card. */
export const dialogAnswer = (title: string, card: object) =>
  answer({
    task: {
      type: 'continue',
      value: { title, card: { contentType: 'application/vnd.microsoft.card.adaptive', content: card } },
    },
  });
