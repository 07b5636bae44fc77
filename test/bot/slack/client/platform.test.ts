import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSlackPlatform } from '../../../../src/bot/slack/client/platform.ts';
import type { Destination } from '../../../../src/core/address/destination.ts';
import { paragraph } from '../../../../src/core/card/card.ts';
import { type Clock, systemClock } from '../../../../src/lib/clock.ts';
import { PlatformUnavailableError } from '../../../../src/services/ports/directory.ts';
import { DeliveryLookupError } from '../../../../src/services/ports/message-channel.ts';
import { type Call, type Reply, recordingLog, startWebApiDouble } from '../web-api-double.ts';

const token = 'xoxb-1234-secret';
const channel: Destination = { channel: 'slack', kind: 'channel', id: 'C0RELEASE' };
const person: Destination = { channel: 'slack', kind: 'person', id: 'U0PERSON' };
const home: Destination = { channel: 'slack', kind: 'home', id: 'U0PERSON' };
const card = { summary: 'Hello <!channel>', blocks: [paragraph('Hello')] };

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function setUp(answer: (call: Call) => Reply, clock: Clock = systemClock) {
  const double = await startWebApiDouble(answer);
  cleanUps.push(double.close);
  const log = recordingLog();
  const platform = createSlackPlatform({
    pace: { postIntervalMs: 0, editIntervalMs: 0 },
    token,
    apiUrl: double.apiUrl,
    teamId: 'T0TEAM',
    botUserId: 'U0BOT',
    botId: 'B0BOT',
    clock,
    log,
  });
  return { platform, calls: double.calls, log };
}

const posted = { ok: true, ts: '1700000000.000100', channel: 'C0RELEASE' };
const post = (destination: Destination) => ({ destination, card, deliveryId: 'delivery-1' });

describe('post', () => {
  it('posts once, literally, with its delivery id', async () => {
    const { platform, calls } = await setUp(() => posted);
    expect(await platform.post(post(channel))).toEqual({
      result: 'sent',
      messageId: '1700000000.000100',
      channelId: 'C0RELEASE',
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      method: 'chat.postMessage',
      authorization: `Bearer ${token}`,
      args: {
        channel: 'C0RELEASE',
        text: 'Hello &lt;!channel&gt;',
        parse: 'none',
        link_names: 'false',
        unfurl_links: 'false',
        unfurl_media: 'false',
        metadata: { event_type: 'tminus_delivery', event_payload: { delivery_id: 'delivery-1' } },
        blocks: [{ type: 'rich_text' }],
      },
    });
  });

  it('opens a direct message once and posts there', async () => {
    const { platform, calls } = await setUp(({ method }) =>
      method === 'conversations.open'
        ? { ok: true, channel: { id: 'D0DIRECT' } }
        : { ...posted, channel: 'D0DIRECT' },
    );
    expect(await platform.post(post(person))).toMatchObject({ result: 'sent', channelId: 'D0DIRECT' });
    await platform.post(post(person));
    expect(calls.map((call) => call.method)).toEqual([
      'conversations.open',
      'chat.postMessage',
      'chat.postMessage',
    ]);
  });

  it('has certainly sent nothing when the direct message could not be opened', async () => {
    const { platform } = await setUp(() => ({ status: 500 }));
    expect(await platform.post(post(person))).toMatchObject({ result: 'not-sent' });
    const refusing = await setUp(() => ({ ok: false, error: 'user_not_found' }));
    expect(await refusing.platform.post(post(person))).toMatchObject({
      result: 'refused',
      code: 'user_not_found',
    });
  });

  it('publishes a home', async () => {
    const { platform, calls } = await setUp(() => ({ ok: true, view: { id: 'V0VIEW' } }));
    expect(await platform.post(post(home))).toEqual({
      result: 'sent',
      messageId: 'V0VIEW',
      channelId: 'U0PERSON',
    });
    expect(calls[0]).toMatchObject({ method: 'views.publish', args: { user_id: 'U0PERSON' } });
  });

  const cases: [string, Reply, object][] = [
    [
      '429 with Retry-After',
      { status: 429, headers: { 'retry-after': '3' } },
      { result: 'rate-limited', retryAfterMs: 3000 },
    ],
    ['429 without one', { status: 429 }, { result: 'rate-limited', retryAfterMs: 5000 }],
    [
      'ratelimited in a 200',
      { ok: false, error: 'ratelimited' },
      { result: 'rate-limited', retryAfterMs: 5000 },
    ],
    ['HTTP 500', { status: 500, body: 'oops' }, { result: 'unknown' }],
    ['HTTP 503', { status: 503 }, { result: 'unknown' }],
    ['HTTP 403 of a proxy', { status: 403 }, { result: 'not-sent' }],
    ['HTTP 413', { status: 413 }, { result: 'refused', code: 'http_413' }],
    ['a dropped connection', 'drop', { result: 'unknown' }],
    ...['<html>', '', 'null', '{}', '[]', '{"ok":false}', '{"ok":"yes"}', '{"ok":true,"ts":5}'].map(
      (body): [string, Reply, object] => [`a page of ${body}`, { status: 200, body }, { result: 'unknown' }],
    ),
    ['internal_error', { ok: false, error: 'internal_error' }, { result: 'unknown' }],
    ['fatal_error', { ok: false, error: 'fatal_error' }, { result: 'unknown' }],
    ['service_unavailable', { ok: false, error: 'service_unavailable' }, { result: 'unknown' }],
    [
      'channel_not_found',
      { ok: false, error: 'channel_not_found' },
      { result: 'closed', code: 'channel_not_found' },
    ],
    [
      'not_in_channel',
      { ok: false, error: 'not_in_channel' },
      { result: 'closed', detail: expect.stringContaining('/invite @tminus') },
    ],
    [
      'an unheard-of code',
      { ok: false, error: 'something_new' },
      { result: 'refused', code: 'something_new', detail: 'Slack refused this with "something_new".' },
    ],
    ['no ts in the answer', { ok: true }, { result: 'unknown' }],
  ];
  it.each(cases)('maps %s, without a second try', async (_name, reply, outcome) => {
    const { platform, calls, log } = await setUp(() => reply);
    expect(await platform.post(post(channel))).toMatchObject(outcome);
    expect(calls).toHaveLength(1);
    expect(log.lines.join()).not.toContain('secret');
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const log = recordingLog();
    const apiUrl = `http://127.0.0.1:${port}/api/`;
    const platform = createSlackPlatform({
      pace: { postIntervalMs: 0, editIntervalMs: 0 },
      token,
      apiUrl,
      teamId: 'T',
      botUserId: 'U',
      clock: systemClock,
      log,
    });
    const outcome = await platform.post(post(channel));
    expect(outcome).toMatchObject({ result: 'not-sent', detail: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify(outcome) + log.lines.join()).not.toContain('secret');
  });
});

describe('an answer that concerns the app itself', () => {
  const codes = [
    ...['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'],
    ...['missing_scope', 'not_allowed_token_type', 'team_access_not_granted', 'two_factor_setup_required'],
  ];
  const message = { destination: channel, messageId: '1.2', channelId: 'C0RELEASE', card };

  it.each(codes)('(%s) refuses no message, and is an error in the log each time', async (error) => {
    const { platform, log } = await setUp(() => ({ ok: false, error }));
    const outcomes = [
      await platform.post(post(channel)),
      await platform.post(post(person)),
      await platform.post(post(home)),
      await platform.update(message),
    ];
    const detail = expect.stringContaining(error);
    expect(outcomes).toEqual(outcomes.map(() => ({ result: 'not-sent', detail })));
    expect(log.errors).toEqual(outcomes.map(() => detail));
    expect(log.lines.join()).not.toContain('secret');
  });

  it('is an error in the log when a look-up meets it', async () => {
    const { platform, log } = await setUp(() => ({ ok: false, error: 'missing_scope' }));
    const query = { deliveryId: 'delivery-1', since: 0 };
    await expect(platform.find({ ...query, destination: channel })).rejects.toThrow(DeliveryLookupError);
    await expect(platform.find({ ...query, destination: person })).rejects.toThrow(DeliveryLookupError);
    expect(log.errors).toEqual([
      expect.stringContaining('missing_scope'),
      expect.stringContaining('missing_scope'),
    ]);
  });

  it.each([...['msg_too_long', 'invalid_blocks', 'user_disabled']])(
    'is not %s, which concerns the message',
    async (error) => {
      const { platform, log } = await setUp(() => ({ ok: false, error }));
      expect(await platform.post(post(channel))).toMatchObject({ result: 'refused', code: error });
      expect(log.errors).toEqual([]);
    },
  );

  it.each([
    ...['is_archived', 'is_inactive', 'channel_not_found', 'not_in_channel', 'no_permission'],
    ...['restricted_action', 'restricted_action_read_only_channel', 'ekm_access_denied'],
  ])('is not %s, which people mend in the channel', async (error) => {
    const { platform, log } = await setUp(() => ({ ok: false, error }));
    expect(await platform.post(post(channel))).toMatchObject({ result: 'closed', code: error });
    const message = { destination: channel, messageId: '1.2', channelId: 'C0RELEASE' };
    expect(await platform.update({ ...message, card })).toMatchObject({ result: 'closed', code: error });
    expect(log.errors).toEqual([]);
  });

  it('is not a conversation of one person that Slack closes, which nobody mends', async () => {
    const { platform } = await setUp(({ method }) =>
      method === 'chat.postMessage'
        ? { ok: false, error: 'channel_not_found' }
        : { ok: true, channel: { id: 'D0RITA' } },
    );
    expect(await platform.post(post(person))).toMatchObject({ result: 'refused' });
  });

  it.each([
    ['user_disabled', true],
    ['user_not_found', true],
    ['is_archived', undefined],
  ])('says of %s whether the person is gone', async (error, recipientIsGone) => {
    const { platform } = await setUp(() => ({ ok: false, error }));
    const outcome = await platform.post(post(channel));
    expect('recipientIsGone' in outcome ? outcome.recipientIsGone : undefined).toBe(recipientIsGone);
  });
});

describe('a post that met no connection', () => {
  it('was certainly not sent, whatever the reason', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const platform = createSlackPlatform({
      pace: { postIntervalMs: 0, editIntervalMs: 0 },
      token,
      apiUrl: `https://127.0.0.1:${port}/api/`,
      teamId: 'T',
      botUserId: 'U',
      clock: systemClock,
      log: recordingLog(),
    });
    const outcome = await platform.post(post(channel));
    await new Promise((resolve) => server.close(resolve));
    expect(outcome).toMatchObject({ result: 'not-sent', detail: expect.stringContaining('no connection') });
  });
});

/** The ids of blocks, wherever they are. */
function idsIn(blocks: unknown): string[] {
  return JSON.stringify(blocks).match(/"block_id":"[^"]+"/g) ?? [];
}

describe('update', () => {
  const message = { destination: channel, messageId: '1.2', channelId: 'C0RELEASE' };

  it('edits with new block ids and leaves the metadata alone', async () => {
    const { platform, calls } = await setUp(() => ({ ok: true, ts: '1.2' }));
    expect(await platform.update({ ...message, card })).toEqual({
      result: 'sent',
      messageId: '1.2',
      channelId: 'C0RELEASE',
    });
    await platform.update({ ...message, card: { ...card, blocks: [paragraph('Changed')] } });
    expect(calls[0]).toMatchObject({ method: 'chat.update', args: { ts: '1.2', channel: 'C0RELEASE' } });
    expect(calls[0]?.args).not.toHaveProperty('metadata');
    const [before, after] = calls.map(({ args: { blocks } }) => blocks);
    expect(before).toEqual([expect.objectContaining({ block_id: expect.any(String) })]);
    expect(after).toEqual([expect.objectContaining({ block_id: expect.any(String) })]);
    expect(idsIn(after)).not.toEqual(idsIn(before));
  });

  it('says when the message is gone', async () => {
    const { platform } = await setUp(() => ({ ok: false, error: 'message_not_found' }));
    expect(await platform.update({ ...message, card })).toEqual({
      result: 'gone',
      code: 'message_not_found',
      detail: 'The message was deleted in Slack.',
    });
  });

  it.each([
    ...['edit_window_closed', 'cant_update_message', 'block_mismatch', 'update_failed', 'access_denied'],
    'some_code_that_nobody_knows',
  ])('says that the message can not be edited when Slack answers %s', async (error) => {
    const { platform } = await setUp(() => ({ ok: false, error }));
    expect(await platform.update({ ...message, card })).toMatchObject({
      result: 'not-editable',
      code: error,
    });
  });

  it.each(['channel_not_found', 'is_inactive'])(
    'says that a direct message can not be edited when Slack answers %s',
    async (error) => {
      const { platform } = await setUp(() => ({ ok: false, error }));
      expect(await platform.update({ ...message, destination: person, card })).toMatchObject({
        result: 'not-editable',
        code: error,
      });
    },
  );

  it.each(['invalid_blocks', 'msg_too_long', 'msg_blocks_too_long'])(
    'says that what it was to show is refused when Slack answers %s',
    async (error) => {
      const { platform } = await setUp(() => ({ ok: false, error }));
      expect(await platform.update({ ...message, card })).toMatchObject({ result: 'refused', code: error });
    },
  );
});

describe('a reply', () => {
  const replyTo = { messageId: '1.2', channelId: 'C0RELEASE' };

  it('is posted into the thread of its message, and looked up there', async () => {
    const metadata = { event_type: 'tminus_delivery', event_payload: { delivery_id: 'delivery-1' } };
    const { platform, calls } = await setUp(({ method }) =>
      method === 'chat.postMessage'
        ? { ok: true, ts: '1.3', channel: 'C0RELEASE' }
        : { ok: true, messages: [{ ts: '1.3', user: 'U0BOT', metadata }], has_more: false },
    );
    await platform.post({ ...post(channel), replyTo });
    const query = { destination: channel, deliveryId: 'delivery-1', since: 0, replyTo };
    expect(await platform.find(query)).toEqual({ messageId: '1.3', channelId: 'C0RELEASE' });
    expect(calls).toMatchObject([
      { method: 'chat.postMessage', args: { thread_ts: '1.2' } },
      { method: 'conversations.replies', args: { ts: '1.2', channel: 'C0RELEASE' } },
    ]);
  });

  it('may link to a message, unless Slack gives no address', async () => {
    const { platform } = await setUp(() => ({ ok: true, permalink: 'https://a.slack.com/archives/C/p12' }));
    expect(await platform.linkTo(replyTo)).toBe('https://a.slack.com/archives/C/p12');
    const refusing = await setUp(() => ({ ok: false, error: 'message_not_found' }));
    expect(await refusing.platform.linkTo(replyTo)).toBeNull();
  });
});

describe('findDelivery', () => {
  const metadata = { event_type: 'tminus_delivery', event_payload: { delivery_id: 'delivery-1' } };
  const query = { destination: channel, deliveryId: 'delivery-1', since: 1_700_000_000_000 };

  it('finds our message, on a later page too', async () => {
    const { platform, calls } = await setUp(({ args }) =>
      args.cursor === 'next'
        ? { ok: true, messages: [{ ts: '2.0', user: 'U0BOT', metadata }], has_more: false }
        : {
            ok: true,
            messages: [{ ts: '3.0', user: 'U0BOT' }],
            has_more: true,
            response_metadata: { next_cursor: 'next' },
          },
    );
    expect(await platform.find(query)).toEqual({ messageId: '2.0', channelId: 'C0RELEASE' });
    expect(calls[0]).toMatchObject({
      method: 'conversations.history',
      args: { include_all_metadata: 'true', oldest: String(1_700_000_000 - 86_400) },
    });
  });

  it.each([-23, -1, 0, 1, 23])('finds it though our clock is %i hours ahead of Slack’s', async (hours) => {
    const message = { ts: String(1_700_000_000 - hours * 3_600), user: 'U0BOT', metadata };
    const { platform } = await setUp(({ args }) => {
      const isShown = Number(message.ts) > Number(args.oldest);
      return { ok: true, messages: isShown ? [message] : [], has_more: false };
    });
    expect(await platform.find(query)).toMatchObject({ messageId: message.ts });
  });

  it('does not look at what others have marked', async () => {
    const messages = [{ ts: '2.0', user: 'U0OTHER', bot_id: 'B0OTHER', metadata }];
    const { platform } = await setUp(() => ({ ok: true, messages, has_more: false }));
    expect(await platform.find(query)).toBeNull();
  });

  it('ignores since when the release clock is not the wall clock', async () => {
    const fast: Clock = { ...systemClock, now: () => Date.now() + 86_400_000 };
    const { platform, calls } = await setUp(() => ({ ok: true, messages: [], has_more: false }), fast);
    expect(await platform.find(query)).toBeNull();
    expect(calls[0]?.args).not.toHaveProperty('oldest');
  });

  it.each([
    ['channel_not_found', { ok: false, error: 'channel_not_found' }, { code: 'channel_not_found' }],
    [
      'a rate limit',
      { status: 429, headers: { 'retry-after': '7' } },
      { code: 'ratelimited', retryAfterMs: 7000 },
    ],
    ['a server error', { status: 502 }, { code: 'unknown' }],
    [
      'a channel without end',
      { ok: true, messages: [], has_more: true, response_metadata: { next_cursor: 'n' } },
      { code: 'too_far_back' },
    ],
    [
      'more messages without a way to ask for them',
      { ok: true, messages: [], has_more: true },
      { code: 'too_far_back' },
    ],
  ] as [string, Reply, object][])('throws rather than deny on %s', async (_name, reply, error) => {
    const { platform } = await setUp(() => reply);
    const failure = await platform.find(query).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(DeliveryLookupError);
    expect(failure).toMatchObject(error);
  });

  it('looks in the direct message of a person, and nowhere for a home', async () => {
    const { platform, calls } = await setUp(({ method }) =>
      method === 'conversations.open'
        ? { ok: true, channel: { id: 'D0DIRECT' } }
        : { ok: true, messages: [] },
    );
    expect(await platform.find({ ...query, destination: person })).toBeNull();
    expect(calls[1]?.args.channel).toBe('D0DIRECT');
    expect(await platform.find({ ...query, destination: home })).toBeNull();
    expect(calls).toHaveLength(2);
  });
});

describe('look-ups', () => {
  const pages = ({ method, args }: Call): Reply => {
    if (method === 'users.conversations') return { ok: true, channels: [] };
    return args.cursor === 'two'
      ? { ok: true, channels: [{ id: 'C0TWO', name: 'support', is_member: true }] }
      : {
          ok: true,
          channels: [{ id: 'C0ONE', name: 'release-deployment', is_member: true }],
          response_metadata: { next_cursor: 'two' },
        };
  };

  it('finds channels by name over all pages, with one reading', async () => {
    const { platform, calls } = await setUp(pages);
    const found = await Promise.all([
      platform.findChannel('#support'),
      platform.findChannel('release-deployment'),
    ]);
    expect(found).toEqual([
      { id: 'C0TWO', name: 'support', isMember: true },
      { id: 'C0ONE', name: 'release-deployment', isMember: true },
    ]);
    expect(calls).toHaveLength(3);
  });

  it('asks no further than for the channels that it is in, when the name is among them', async () => {
    const { platform, calls } = await setUp(() => ({
      ok: true,
      channels: [{ id: 'C0OWN', name: 'café' }],
      response_metadata: { next_cursor: 'more' },
    }));
    const own = { id: 'C0OWN', name: 'café', isMember: true };
    expect(await platform.findChannel('#Cafe\u0301')).toEqual(own);
    expect(await platform.findChannel('café')).toEqual(own);
    expect(calls.map(({ method, args }) => [method, args.limit])).toEqual([['users.conversations', '999']]);
  });

  it('reads again for a name that it did not find, but not at once, and later where there are more pages', async () => {
    let wall = 0;
    const { platform, calls } = await setUp(pages, { ...systemClock, wall: () => wall });
    const asked = () => calls.splice(0).map(({ method }) => method);
    expect(await platform.findChannel('#new')).toBeNull();
    expect(asked()).toEqual(['users.conversations', 'conversations.list', 'conversations.list']);
    wall = 29_000;
    expect(await platform.findChannel('#new')).toBeNull();
    expect(asked()).toEqual([]);
    wall = 31_000;
    expect(await platform.findChannel('#new')).toBeNull();
    expect(asked()).toEqual(['users.conversations']);
    wall = 61_000;
    expect(await platform.findChannel('#new')).toBeNull();
    expect(asked()).toEqual(['users.conversations', 'conversations.list', 'conversations.list']);
  });

  it('begins anew when Slack has forgotten how far it was, but not for ever', async () => {
    let isForgotten = false;
    const { platform, calls } = await setUp(({ method, args }) => {
      if (method === 'users.conversations') return { ok: true, channels: [] };
      if (args.cursor === undefined)
        return { ok: true, channels: [], response_metadata: { next_cursor: 'two' } };
      if (isForgotten) return { ok: false, error: 'invalid_cursor' };
      return { status: 429, headers: { 'retry-after': '9' } };
    });
    await expect(platform.findChannel('#new')).rejects.toThrow('Try again in 9 seconds');
    isForgotten = true;
    calls.splice(0);
    await expect(platform.findChannel('#new')).rejects.toThrow('invalid_cursor');
    expect(calls.map(({ args }) => args.cursor)).toEqual(['two', undefined, 'two']);
  });

  it('takes a channel id as it is', async () => {
    const { platform, calls } = await setUp(() => ({
      ok: true,
      channel: { id: 'C0RELEASE', name: 'release-deployment', is_member: true },
    }));
    expect(await platform.findChannel('C0RELEASE')).toEqual({
      id: 'C0RELEASE',
      name: 'release-deployment',
      isMember: true,
    });
    expect(calls[0]?.method).toBe('conversations.info');
  });

  it('says of a channel whether it is in there, as of this moment when it was not', async () => {
    const general = { id: 'C0GENERAL', name: 'general', is_member: false };
    let invited = false;
    const { platform, calls } = await setUp(({ method }) => {
      if (method === 'users.conversations') return { ok: true, channels: [] };
      if (method === 'conversations.list') return { ok: true, channels: [general] };
      return { ok: true, channel: { ...general, is_member: invited } };
    });
    const found = { id: 'C0GENERAL', name: 'general' };
    expect(await platform.findChannel('#general')).toEqual({ ...found, isMember: false });
    invited = true;
    expect(await platform.findChannel('#general')).toEqual({ ...found, isMember: true });
    expect(calls.map(({ method }) => method)).toEqual([
      'users.conversations',
      'conversations.list',
      'conversations.info',
      'conversations.info',
    ]);
  });

  it.each([
    [
      'a rate limit',
      { status: 429, headers: { 'retry-after': '30' } },
      'Slack asks tminus to wait. Try again in 30 seconds.',
    ],
    ['no answer', 'drop', /^Slack did not answer .* Try again in a minute\.$/],
    ['a server error', { status: 500 }, /^Slack did not answer/],
    [
      'a scope that is missing',
      { ok: false, error: 'missing_scope' },
      /^The Slack app lacks a permission\. Paste what/,
    ],
  ] as [string, Reply, string | RegExp][])('say why there is no answer: %s', async (_name, reply, said) => {
    const { platform, calls } = await setUp(() => reply);
    const questions = [
      () => platform.findChannel('#support'),
      () => platform.findPersonByEmail('rita@example.com'),
      () => platform.findPerson('U0RITA'),
      () => platform.isInGroup('S0SRE', 'U0RITA'),
    ];
    for (const ask of questions) {
      const failure = await ask().catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(PlatformUnavailableError);
      if (typeof said === 'string') expect(failure).toMatchObject({ message: said });
      else expect(failure).toMatchObject({ message: expect.stringMatching(said) });
    }
    expect(calls).toHaveLength(4);
  });

  it('finds people by e-mail, once', async () => {
    const user = { id: 'U0RITA', name: 'rita', profile: { real_name: 'Rita Manager' } };
    const { platform, calls } = await setUp(() => ({ ok: true, user }));
    const rita = { id: 'U0RITA', name: 'Rita Manager', email: 'rita@example.com' };
    expect(await platform.findPersonByEmail(' Rita@example.com')).toEqual(rita);
    expect(await platform.findPersonByEmail('rita@example.com')).toEqual(rita);
    expect(calls).toHaveLength(1);
  });

  it('knows neither strangers nor people who left', async () => {
    const nobody = await setUp(() => ({ ok: false, error: 'users_not_found' }));
    expect(await nobody.platform.findPersonByEmail('nobody@example.com')).toBeNull();
    const left = await setUp(() => ({ ok: true, user: { id: 'U1', deleted: true } }));
    expect(await left.platform.findPersonByEmail('left@example.com')).toBeNull();
  });

  it('does not remember a failure', async () => {
    let failing = true;
    const { platform } = await setUp((call) => (failing ? { status: 500 } : pages(call)));
    await expect(platform.findChannel('support')).rejects.toThrow();
    failing = false;
    expect(await platform.findChannel('support')).toMatchObject({ id: 'C0TWO' });
  });
});
