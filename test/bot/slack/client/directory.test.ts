import { afterEach, expect, it } from 'vitest';
import { createDirectory } from '../../../../src/bot/slack/client/directory.ts';
import { createPostingClient } from '../../../../src/bot/slack/client/web-client.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { type Call, type Reply, recordingLog, startWebApiDouble } from '../web-api-double.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** A directory that remembers two. */
async function setUp(answer: (call: Call) => Reply) {
  const { apiUrl, calls, close } = await startWebApiDouble(answer);
  cleanUps.push(close);
  const client = createPostingClient({ token: 'xoxb-1', apiUrl, log: recordingLog() });
  return { directory: createDirectory({ client, clock: systemClock, teamId: 'T1', max: 2 }), calls };
}

it('remembers the direct messages that were opened last, and no more', async () => {
  const { directory, calls } = await setUp(({ args }) => ({ ok: true, channel: { id: `D-${args.users}` } }));
  for (const user of ['U1', 'U2', 'U2', 'U3', 'U3', 'U1'])
    expect(await directory.openDirectMessage(user)).toBe(`D-${user}`);
  expect(calls.map(({ args }) => args.users)).toEqual(['U1', 'U2', 'U3', 'U1']);
});

it('remembers the people who were looked up last, and no more', async () => {
  const { directory, calls } = await setUp(({ args }) => ({
    ok: true,
    user: { id: args.user, name: 'Rita' },
  }));
  for (const user of ['U1', 'U2', 'U2', 'U3', 'U3', 'U1'])
    expect(await directory.findPerson(user)).toMatchObject({ id: user });
  expect(calls.map(({ args }) => args.user)).toEqual(['U1', 'U2', 'U3', 'U1']);
});
