import { expect, it } from 'vitest';
import { createWaitOut } from '../../src/cli/wait-out.ts';

it('waits as long as Slack asks, and says so with how far it is, once for all that wait', async () => {
  const said: string[] = [];
  const slept: number[] = [];
  const waitOut = createWaitOut({
    say: (line) => void said.push(line),
    sleep: async (ms) => void slept.push(ms),
  });
  await Promise.all([
    waitOut({ retryAfterMs: 60_000, channelsRead: 20_000 }),
    waitOut({ retryAfterMs: 60_000, channelsRead: 20_000 }),
  ]);
  await waitOut({ retryAfterMs: 30_000, channelsRead: 0 });
  expect(said).toEqual([
    'Slack asks tminus to wait 1 minute. 20,000 channels of the workspace have been read so far; reading continues from there.',
    'Slack asks tminus to wait 30 seconds.',
  ]);
  expect(slept).toEqual([60_000, 30_000]);
});
