import type { App } from '@slack/bolt';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import type { Agenda, BotProcess, DemoState, ShowState } from '../../../sandbox/control-api.ts';
import { servePage } from '../../../sandbox/serve-page.ts';
import type { WorkspaceOptions } from '../../../sandbox/workspace/options.ts';
import { WorkspacePage } from '../../support/workspace-page.ts';
import { startSocketApp } from '../workspace/bolt.ts';
import { startTestWorkspace, type TestWorkspace } from '../workspace/harness.ts';

export const plain = (text: string) => ({ type: 'plain_text' as const, text });

export const reasonModal = {
  type: 'modal' as const,
  callback_id: 'reason',
  title: plain('Why not?'),
  submit: plain('Vote'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: plain('Reason'),
      element: { type: 'plain_text_input' as const, action_id: 'reason', multiline: true, max_length: 1000 },
    },
  ],
};

/** A card with two buttons: one that acts, one that asks for a reason. */
export const card = [
  { type: 'header', text: plain('Ready?') },
  {
    type: 'actions',
    block_id: 'vote',
    elements: [
      { type: 'button', action_id: 'vote-go', text: plain('Go') },
      { type: 'button', action_id: 'vote-no-go', text: plain('No-go') },
    ],
  },
];

/** A workspace with its page and with a small app, whose `vote-no-go` opens the window for a reason. */
export async function startPagedWorkspace(
  listen: (app: App) => void = () => undefined,
  options: Partial<WorkspaceOptions> = {},
): Promise<TestWorkspace> {
  const workspace = await startTestWorkspace({
    extensions: registerPageAndWorld,
    commands: [
      { command: '/release', description: 'Releases', usageHint: 'new | list | show [KEY]' },
      { command: '/promote', description: 'Promotes', usageHint: '[KEY] [to 10% | full]' },
    ],
    limits: 'off',
    ...options,
  });
  await startSocketApp(workspace, (app) => {
    app.action('vote-no-go', async ({ ack, body, client }) => {
      if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view: reasonModal });
      await ack();
    });
    listen(app);
  });
  return workspace;
}

/** A browser with the page, closed with the test. */
export async function openPage(
  { url }: { url: string },
  viewport = { width: 1280, height: 900 },
): Promise<WorkspacePage> {
  const opened = await WorkspacePage.open(url, viewport);
  onTestFinished(() => opened[Symbol.asyncDispose]());
  // Sooner than the test gives up, so that the failure names what was waited for.
  opened.page.setDefaultTimeout(15_000);
  await opened.page.getByTestId('composer').waitFor();
  return opened;
}

/** Opens the window for a reason. */
export function openReason(opened: WorkspacePage): Promise<void> {
  const { page } = opened;
  return opened.click(page.getByTestId('action-vote-no-go'), page.getByTestId('modal'));
}

const demo: DemoState = {
  stable: { version: '2.3.0', url: '', requests: 1_234_567, errors: 12 },
  candidate: { version: '2.4.0', url: '', requests: 123_456, errors: 12_345 },
  weight: 10,
  faulty: true,
  load: 300,
};
const bot: BotProcess = { pid: 4711, state: 'running', restarts: 3 };

/** Somebody took over already, so that the first steps are shown. */
const show: ShowState = {
  ...{ state: 'stopped', platform: 'slack', steps: [] },
  ...{ step: null, at: null, message: null },
};

/** The page, and what its World shows, without a service and a process behind it. */
export async function registerPageAndWorld(app: FastifyInstance): Promise<void> {
  await servePage(app);
  app.get('/sandbox/demo', async () => demo);
  app.get('/sandbox/bot', async () => bot);
  app.get('/sandbox/agenda', async (): Promise<Agenda> => ({ items: [] }));
  app.get('/sandbox/show', async () => show);
}
