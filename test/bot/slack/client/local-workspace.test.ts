import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createControlClient } from '../../../../sandbox/control-client.ts';
import { SandboxClock } from '../../../../sandbox/sandbox-clock.ts';
import { defaultSeed } from '../../../../sandbox/workspace/seed.ts';
import { type RunningWorkspace, startWorkspace } from '../../../../sandbox/workspace/start-workspace.ts';
import { createSlackPlatform } from '../../../../src/bot/slack/client/platform.ts';
import { createPostingClient, identifyBot } from '../../../../src/bot/slack/client/web-client.ts';
import { botScopes } from '../../../../src/bot/slack/manifest.ts';
import { createBoltApp } from '../../../../src/bot/slack/receiver/bolt-app.ts';
import { createSocketReceiver } from '../../../../src/bot/slack/receiver/socket-receiver.ts';
import type { Destination } from '../../../../src/core/address/destination.ts';
import { paragraph } from '../../../../src/core/card/card.ts';
import { describeMessageChannel } from '../../../support/message-channel-contract.ts';
import { goldenCards } from '../render/cards.ts';
import { recordingLog } from '../web-api-double.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tminus-slack-'));
const channel: Destination = { channel: 'slack', kind: 'channel', id: 'C0RELEASE' };
const rita: Destination = { channel: 'slack', kind: 'person', id: 'U0RITA' };
let workspace: RunningWorkspace;

beforeEach(async () => {
  workspace = await startWorkspace({
    port: 0,
    dataDir,
    clock: new SandboxClock(),
    seed: defaultSeed,
    signingSecret: 'shhh',
    botToken: 'xoxb-local',
    appToken: 'xapp-local',
    delivery: { kind: 'socket' },
    commands: [{ command: '/promote', description: 'Promote', usageHint: '' }],
    scopes: Object.keys(botScopes),
    events: ['app_home_opened'],
    limits: 'off',
  });
});
afterEach(async () => {
  await workspace.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function createPlatform() {
  const { app, team } = defaultSeed;
  return createSlackPlatform({
    pace: { postIntervalMs: 0, editIntervalMs: 0 },
    token: 'xoxb-local',
    apiUrl: workspace.apiUrl,
    teamId: team.id,
    botUserId: app.botUserId,
    botId: app.botId,
    clock: workspace.clock,
    log: recordingLog(),
  });
}

it('posts, finds, edits and publishes every card, with the scopes of the manifest', async () => {
  const platform = createPlatform();
  for (const [deliveryId, card] of Object.entries(goldenCards)) {
    for (const destination of [channel, rita]) {
      const sent = await platform.post({ destination, card, deliveryId });
      if (sent.result !== 'sent') throw new Error(JSON.stringify(sent));
      const { messageId, channelId } = sent;
      expect(await platform.find({ destination, deliveryId, since: 0 })).toEqual({
        messageId,
        channelId,
      });
      const changed = { ...card, blocks: [...card.blocks, paragraph('Changed')] };
      expect(await platform.update({ destination, messageId, channelId, card: changed })).toMatchObject({
        result: 'sent',
      });
      expect(await platform.find({ destination, deliveryId, since: 0 })).toEqual({
        messageId,
        channelId,
      });
    }
    const home: Destination = { ...rita, kind: 'home' };
    expect(await platform.post({ destination: home, card, deliveryId })).toMatchObject({ result: 'sent' });
  }
  expect(await platform.find({ destination: channel, deliveryId: 'never', since: 0 })).toBeNull();
});

it('finds channels and people, and explains refusals', async () => {
  const platform = createPlatform();
  expect(await platform.findChannel('#support')).toEqual({
    id: 'C0SUPPORT',
    name: 'support',
    isMember: true,
  });
  expect(await platform.findChannel('#general')).toEqual({
    id: 'C0GENERAL',
    name: 'general',
    isMember: false,
  });
  expect(await platform.findChannel('nowhere')).toBeNull();
  expect(await platform.findPersonByEmail('rita@example.com')).toMatchObject({
    id: 'U0RITA',
    name: 'Rita Moreno',
  });
  expect(await platform.findPersonByEmail('nobody@example.com')).toBeNull();
  const destination: Destination = { ...channel, id: 'C0GENERAL' };
  const card = { summary: 'hello', blocks: [] };
  expect(await platform.post({ destination, card, deliveryId: 'd' })).toMatchObject({
    result: 'closed',
    code: 'not_in_channel',
  });
});

it('answers a command over the socket', async () => {
  const log = recordingLog();
  const apiUrl = workspace.apiUrl;
  const identity = await identifyBot(createPostingClient({ token: 'xoxb-local', apiUrl, log }));
  const receiver = createSocketReceiver({ appToken: 'xapp-local', apiUrl, log });
  const app = createBoltApp({ receiver, token: 'xoxb-local', apiUrl, ...identity, log });
  app.command('/promote', ({ ack, command }) => ack(`promoting ${command.text}`));
  await receiver.start();
  await vi.waitFor(() => expect(workspace.connected()).toBe(true));
  const body = JSON.stringify({
    person: 'U0RITA',
    channel: 'C0RELEASE',
    command: '/promote',
    text: 'web-2.4.0',
  });
  const headers = { 'content-type': 'application/json' };
  const action = await fetch(`${workspace.url}/sandbox/actions/command`, { method: 'POST', body, headers });
  expect(await action.json()).toMatchObject({
    status: 'acknowledged',
    message: { text: 'promoting web-2.4.0' },
  });
  await receiver.stop();
  await vi.waitFor(() => expect(workspace.connected()).toBe(false));
});

it.each([
  ['#support', '#support'],
  ['C0123456789', 'C0123456789'],
  ['G01ABCDEFGH', 'G01ABCDEFGH'],
  ['D0123456789', null],
  ['U0123456789', null],
  ['slack:C0123456789', null],
  ['teams:web/general', null],
])('reads the address %s of a plan as %j', (address, read) => {
  expect(createPlatform().readAddress(address)).toBe(read);
});

const can = { find: true, update: true, refusesUnknown: true, loseAnswer: true };
describeMessageChannel('Slack, over the local workspace,', can, async () => ({
  channel: createPlatform(),
  destination: channel,
  unknown: { ...channel, id: 'C0NOWHERE' },
  personId: rita.id,
  loseAnswer: () =>
    createControlClient(workspace.url).faults([{ kind: 'drop-after-posting', methods: [], times: 1 }]),
  shown: async () => {
    const answer = await fetch(new URL(`/sandbox/channels/${channel.id}/messages`, workspace.apiUrl));
    const { messages } = (await answer.json()) as { messages: { text: string }[] };
    return messages.map(({ text }) => text);
  },
  close: async () => undefined,
}));

it('says who is in a user group, by its handle or id', async () => {
  const platform = createPlatform();
  expect(platform.readGroup('@on-call')).toBe('@on-call');
  expect(platform.readGroup('teams:Web Platform')).toBeNull();
  expect(await platform.isInGroup('@On-Call', 'U0INES')).toBe(true);
  expect(await platform.isInGroup('S0ONCALL', 'U0INES')).toBe(true);
  expect(await platform.isInGroup('@on-call', 'U0RITA')).toBe(false);
  expect(await platform.isInGroup('@nowhere', 'U0INES')).toBe(false);
});
