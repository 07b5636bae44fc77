import { afterEach, expect, it } from 'vitest';
import { defaultSeed } from '../../../../sandbox/workspace/seed.ts';
import { createSlackPlatform, type SlackPlatformOptions } from '../../../../src/bot/slack/client/platform.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { BOT_TOKEN, startTestWorkspace, type TestWorkspace } from '../../../sandbox/workspace/harness.ts';
import { recordingLog } from '../web-api-double.ts';

let workspace: TestWorkspace;
afterEach(() => workspace.close());

const channels = Array.from({ length: 25_000 }, (_, index) => ({
  id: `C${String(index).padStart(8, '0')}`,
  name: `team-${index}`,
  topic: '',
  bot: index === 24_998,
}));

/** A workspace of 25 pages, which takes 20 calls a minute, and the bot's side of it. */
async function setUp(waitOut?: SlackPlatformOptions['waitOut']) {
  workspace = await startTestWorkspace({
    seed: { ...defaultSeed, channels },
    limits: 'slack',
    scopes: ['channels:read', 'groups:read'],
  });
  const platform = createSlackPlatform({
    token: BOT_TOKEN,
    apiUrl: workspace.apiUrl,
    teamId: defaultSeed.team.id,
    botUserId: defaultSeed.app.botUserId,
    clock: { ...systemClock, wall: workspace.wall.now },
    log: recordingLog(),
    pace: { postIntervalMs: 0, editIntervalMs: 0 },
    waitOut,
  });
  return platform;
}

it('finds a channel that it is in with one call, however many there are', async () => {
  const platform = await setUp();
  for (let time = 0; time < 30; time += 1)
    expect(await platform.findChannel('#team-24998')).toMatchObject({ id: 'C00024998', isMember: true });
});

it('reads on after a rate limit instead of beginning again, and says how far it is', {
  timeout: 60_000,
}, async () => {
  const platform = await setUp();
  await expect(platform.findChannel('#team-24999')).rejects.toThrow(
    /^Slack asks tminus to wait\. 20,000 channels of the workspace are read; the next try goes on from there\. Try again in (1 minute|\d+ seconds)\.$/,
  );
  // Whatever was read is known meanwhile.
  workspace.wall.advance(61_000);
  expect(await platform.findChannel('#team-24999')).toMatchObject({ id: 'C00024999', isMember: false });
  expect(await platform.findChannel('#team-7')).toMatchObject({ id: 'C00000007', isMember: false });
  expect(await platform.findChannel('#nowhere')).toBeNull();
});

it('reads to the end in one go where rate limits are waited out', { timeout: 60_000 }, async () => {
  const waits: number[] = [];
  const platform = await setUp(async ({ channelsRead }) => {
    waits.push(channelsRead);
    workspace.wall.advance(61_000);
  });
  expect(await platform.findChannel('#team-24999')).toMatchObject({ id: 'C00024999', isMember: false });
  expect(waits).toEqual([20_000]);
});
