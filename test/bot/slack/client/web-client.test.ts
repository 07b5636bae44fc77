import { WebClient } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import { bridgeLogger } from '../../../../src/bot/slack/client/log.ts';
import { outcomeOfError } from '../../../../src/bot/slack/client/send-outcome.ts';
import {
  clientOptions,
  createInteractiveClient,
  identifyBot,
  interactiveTimeoutMs,
} from '../../../../src/bot/slack/client/web-client.ts';
import { describeError } from '../../../../src/lib/describe-error.ts';
import { type Reply, recordingLog, startWebApiDouble } from '../web-api-double.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function startDouble(reply: Reply) {
  const double = await startWebApiDouble(() => reply);
  cleanUps.push(double.close);
  return double;
}

async function setUp(reply: Reply) {
  const { apiUrl } = await startDouble(reply);
  return { client: createInteractiveClient({ token: 'xoxb-1', apiUrl, log: recordingLog() }) };
}

it('gives up on a view after its time, without a second try', async () => {
  const { apiUrl, calls } = await startDouble('hang');
  const client = new WebClient('xoxb-1', clientOptions({ apiUrl, log: recordingLog() }, 300));
  const error = await client.apiCall('views.open', { trigger_id: 't' }).catch((thrown: unknown) => thrown);
  expect(outcomeOfError(error)).toMatchObject({
    result: 'unknown',
    detail: expect.stringContaining('Timeout'),
  });
  expect(calls.length).toBeLessThan(2);
  expect(interactiveTimeoutMs).toBeLessThan(3000);
});

it('tells who the token speaks for', async () => {
  const { client } = await setUp({ ok: true, team_id: 'T1', bot_id: 'B1', user_id: 'U1' });
  expect(await identifyBot(client)).toEqual({ teamId: 'T1', botId: 'B1', botUserId: 'U1' });
});

it('refuses a token that is not a bot token', async () => {
  const { client } = await setUp({ ok: true, team_id: 'T1', user_id: 'U1' });
  await expect(identifyBot(client)).rejects.toThrow('xoxb-');
});

it('writes errors without their payload, and no debug lines', () => {
  const log = recordingLog();
  const logger = bridgeLogger(log);
  logger.debug('body', 'everything');
  logger.error('failed', Object.assign(new Error('with xoxb-1-2'), { data: { private: true } }));
  expect(log.lines).toEqual(['failed Error: with [redacted]']);
  expect(describeError(new Error('outer', { cause: new Error('inner xapp-1') }))).toBe(
    'Error: outer (Error: inner [redacted])',
  );
});
