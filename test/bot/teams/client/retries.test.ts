import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { TeamsAdapter } from '../../../../src/bot/teams/client/adapter.ts';
import { createAuthentication } from '../../../../src/bot/teams/client/authentication.ts';
import { createClient } from '../../../../src/bot/teams/client/client.ts';
import { createTeamsPlatform } from '../../../../src/bot/teams/client/platform.ts';
import { createFetch } from '../../../../src/lib/http/create-fetch.ts';
import { serve } from '../../../support/serve.ts';
import { createMemoryStore } from './memory-store.ts';

type Answer = (response: ServerResponse) => void;
const status =
  (
    code: number,
    { body = '{}', headers = {} }: { body?: string; headers?: Record<string, string> } = {},
  ): Answer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(body);
  };
const refusal = (code: string) => JSON.stringify({ error: { code, message: 'no' } });
const drop: Answer = (response) => void response.socket?.destroy();

const issued = status(200, { body: '{"access_token":"t","expires_in":3600}' });

/** A platform against a connector that answers every call the same way, and what was called. */
async function platformAgainst(answer: Answer, login = issued) {
  const calls: string[] = [];
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/login/')) return login(response);
    calls.push(`${request.method} ${request.url}`);
    return answer(response);
  };
  const url = await serve(listen);
  const config = {
    appId: '0f1f35d6-52a7-4d0e-8a3c-000000000001',
    tenantId: '0f1f35d6-52a7-4d0e-8a3c-000000000002',
    credential: { type: 'secret' as const, secret: 's' },
    local: { openIdMetadataUrl: `${url}/openid`, loginUrl: `${url}/login` },
  };
  const authentication = createAuthentication(config, new Set());
  const adapter = new TeamsAdapter(authentication, config.appId);
  const client = createClient({ adapter, authentication, fetch: createFetch({ maxBytes: 1e6 }) });
  const store = createMemoryStore();
  const place = { workspaceId: config.tenantId, serviceUrl: `${url}/connector/` };
  await store.note({ kind: 'person', id: 'rita', ...place, conversationId: 'a:rita' });
  await store.note({ kind: 'channel', id: '19:c@thread.tacv2', ...place });
  const pace = { postIntervalMs: 0, editIntervalMs: 0 };
  const errors: string[] = [];
  const error = (_details: unknown, message: string) => void errors.push(message);
  const log = { info: () => undefined, warn: () => undefined, error };
  const clock = { wall: Date.now };
  const platform = createTeamsPlatform({ client, store, appId: config.appId, clock, log, pace });
  return { calls, errors, platform };
}

const rita = { channel: 'teams', kind: 'person', id: 'rita' } as const;
const channel = { channel: 'teams', kind: 'channel', id: '19:c@thread.tacv2' } as const;
const card = { summary: 'Hello', blocks: [] };

it.each<[string, Answer, object]>([
  [
    'a 429 that says when',
    status(429, { headers: { 'retry-after': '7' } }),
    { result: 'rate-limited', retryAfterMs: 7_000 },
  ],
  ['a 429 that does not', status(429), { result: 'rate-limited', retryAfterMs: 5_000 }],
  ['a 412', status(412), { result: 'not-sent' }],
  ['a 500', status(500), { result: 'unknown' }],
  ['a 502', status(502), { result: 'unknown' }],
  ['a 503', status(503), { result: 'unknown' }],
  ['a 504', status(504), { result: 'unknown' }],
  [
    'a connection that breaks',
    drop,
    { result: 'unknown', detail: expect.stringMatching(/^Teams gave no answer\. The request/) },
  ],
  ['an answer that names no message', status(201), { result: 'unknown' }],
  ['a 401', status(401), { result: 'not-sent' }],
  [
    'a 413',
    status(413, { body: refusal('MessageSizeTooBig') }),
    { result: 'refused', code: 'MessageSizeTooBig' },
  ],
  [
    'a person who has blocked the app',
    status(403, { body: refusal('MessageWritesBlocked') }),
    { result: 'refused', code: 'MessageWritesBlocked', recipientIsGone: true },
  ],
])('sends once, whatever comes back: %s', async (_, answer, outcome) => {
  const { platform, calls } = await platformAgainst(answer);
  expect(await platform.post({ destination: rita, card, deliveryId: 'd' })).toMatchObject(outcome);
  expect(calls).toEqual(['POST /connector/v3/conversations/a%3Arita/activities']);
});

it('begins a thread once, too, and knows its root by the number in the conversation', async () => {
  const id = '19:c@thread.tacv2;messageid=17';
  const answer = status(201, { body: JSON.stringify({ id, activityId: id }) });
  const { platform, calls } = await platformAgainst(answer);
  expect(await platform.post({ destination: channel, card, deliveryId: 'd' })).toEqual({
    result: 'sent',
    messageId: '17',
    channelId: '19:c@thread.tacv2',
  });
  expect(calls).toEqual(['POST /connector/v3/conversations']);
  const broken = await platformAgainst(status(502));
  expect(await broken.platform.post({ destination: channel, card, deliveryId: 'd' })).toMatchObject({
    result: 'unknown',
  });
  expect(broken.calls).toHaveLength(1);
});

it.each<[string, Answer, object]>([
  ['a deleted message', status(404, { body: refusal('ActivityNotFoundInConversation') }), { result: 'gone' }],
  [
    'a channel from which it was removed',
    status(403, { body: refusal('BotNotInConversationRoster') }),
    { result: 'closed' },
  ],
  ['what is too long', status(413, { body: refusal('MessageSizeTooBig') }), { result: 'refused' }],
])('says of an edit what can not be edited: %s', async (_, answer, outcome) => {
  const { platform, calls } = await platformAgainst(answer);
  const message = { messageId: '17', channelId: channel.id };
  expect(await platform.update({ destination: channel, card, ...message })).toMatchObject(outcome);
  expect(calls).toEqual([
    'PUT /connector/v3/conversations/19%3Ac%40thread.tacv2%3Bmessageid%3D17/activities/17',
  ]);
});

it('has nothing sent where nothing listens, and nowhere to send to somebody it has never met', async () => {
  const { platform } = await platformAgainst(drop);
  const stranger = { ...rita, id: 'nobody' };
  expect(await platform.post({ destination: stranger, card, deliveryId: 'd' })).toMatchObject({
    result: 'refused',
    recipientIsGone: true,
  });
  expect(
    await platform.post({ destination: { ...channel, id: '19:x@thread.tacv2' }, card, deliveryId: 'd' }),
  ).toMatchObject({
    result: 'closed',
  });
});

it('sends nothing without a token, and tells the log why', async () => {
  const { platform, calls, errors } = await platformAgainst(status(201), status(401));
  expect(await platform.post({ destination: rita, card, deliveryId: 'd' })).toMatchObject({
    result: 'not-sent',
    detail: expect.stringContaining('no token was issued: HTTP 401'),
  });
  expect(calls).toEqual([]);
  expect(errors).toEqual(['tminus can not prove itself to Teams']);
});

it('tells the log when Teams refuses the app itself, which nobody hears of in Teams', async () => {
  const refused = await platformAgainst(status(401));
  await refused.platform.post({ destination: rita, card, deliveryId: 'd' });
  expect(refused.errors).toEqual(['Teams refuses the credential of the app until this is fixed']);
  const broken = await platformAgainst(status(502));
  await broken.platform.post({ destination: rita, card, deliveryId: 'd' });
  expect(broken.errors).toEqual([]);
});
