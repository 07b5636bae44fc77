import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInteractiveClient } from '../../src/bot/slack/client/web-client.ts';
import type { ListenerContext } from '../../src/bot/slack/listeners/listener-context.ts';
import { onAction } from '../../src/bot/slack/listeners/on-action.ts';
import { onCommand } from '../../src/bot/slack/listeners/on-command.ts';
import { createLateRequests } from '../../src/services/kernel/late-requests.ts';
import { createGate } from '../bot/slack/gate.ts';
import { recordingLog } from '../bot/slack/web-api-double.ts';
import { openDecision, planRelease } from '../services/steps.ts';
import { openWorld, type World } from '../support/test-services.ts';

const working = 'Working on it…';
const opened = 'The form is open. Fill it in and submit it.';

let world: World;
let context: ListenerContext;
/** What the person was told, oldest first. */
let told: string[];
/** Opens when the request is acknowledged without its answer. */
let late: ReturnType<typeof createGate>;
beforeEach(async () => {
  world = await openWorld();
  told = [];
  late = createGate();
  const interactive = createInteractiveClient({ token: 'xoxb-tests', log: recordingLog() });
  // The form opens after the acknowledgement, and while its trigger still lives.
  Object.assign(interactive.views, { open: () => late.opened.then(() => ({ ok: true })) });
  Object.assign(interactive.chat, { postEphemeral: async ({ text }: { text: string }) => hear(text) });
  const { db, clock, log } = world.services;
  const lateRequests = createLateRequests({ db, clock, log });
  context = { services: world.services, interactive, teamId: 'T1', commandNames: {}, lateRequests };
});
afterEach(() => world.close());

// Bolt's arguments hold its client, its context and a whole payload; these tests give only what the listeners read.
type CommandRequest = Parameters<ReturnType<typeof onCommand>>[0];
type ActionRequest = Parameters<ReturnType<typeof onAction>>[0];

function hear(text: string): void {
  told.push(text);
  if (text === working) late.open();
}

it('says of a command that its form is open, not that anything is done', async () => {
  const person = { user_id: 'U0RITA', user_name: 'rita', team_id: 'T1' };
  const command = { command: '/release', text: 'new', trigger_id: '1.2.3', ...person };
  const say = async ({ text }: { text: string }) => hear(text);
  const request = { command, ack: say, respond: say };
  // Only what is read of a command: Bolt's type has all that Slack sends.
  await onCommand(context)(request as unknown as CommandRequest);
  expect(told).toEqual([working, opened]);
});

it('says of a button that its form is open, not that anything is done', async () => {
  await planRelease(world);
  const value = JSON.stringify({ pollId: await openDecision(world) });
  const request = {
    body: { user: { id: 'U0QUINN', team_id: 'T1' }, channel: { id: 'C0RELEASE' }, trigger_id: '1.2.3' },
    payload: { action_id: 'vote-no-go', value },
    ack: async () => undefined,
  };
  // Only what is read of a click: Bolt's type has all that Slack sends.
  await onAction(context)(request as unknown as ActionRequest);
  expect(told).toEqual([working, opened]);
});
