import { expect, test } from 'vitest';
import { defaultSeed } from '../../../sandbox/workspace/seed.ts';
import {
  APP_TOKEN,
  action,
  allScopes,
  clientOf,
  EMIL,
  GENERAL,
  messagesIn,
  RELEASE,
  RITA,
  refusalOf,
  startTestWorkspace,
} from './harness.ts';

test('a post comes back in the history with its metadata, newest first', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const metadata = { event_type: 'delivery', event_payload: { id: 'd-1' } };
  const first = await client.chat.postMessage({ channel: RELEASE, text: 'one', metadata });
  const second = await client.chat.postMessage({ channel: RELEASE, text: 'two' });
  const bare = await client.conversations.history({ channel: RELEASE });
  expect(bare.messages?.map((message) => message.text)).toEqual(['two', 'one']);
  expect(bare.messages?.[1]?.metadata).toEqual({ event_type: 'delivery' });
  const whole = await client.conversations.history({ channel: RELEASE, include_all_metadata: true });
  expect(whole.messages?.[1]?.metadata).toEqual(metadata);
  expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
});

test('timestamps are of the workspace clock and rise even while it stands still', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  workspace.clock.pause();
  const posts = [];
  for (const text of ['a', 'b', 'c'])
    posts.push(await workspace.client.chat.postMessage({ channel: RELEASE, text }));
  const stamps = posts.map((post) => post.ts ?? '');
  expect(new Set(stamps).size).toBe(3);
  expect([...stamps].sort()).toEqual(stamps);
  expect(Math.floor(Number(stamps[0]))).toBe(Math.floor(workspace.clock.now() / 1000));
});

test('history honours bounds, inclusive, limit and cursor', async () => {
  const { client } = await startTestWorkspace({ limits: 'off' });
  const stamps: string[] = [];
  for (const text of ['1', '2', '3', '4']) {
    stamps.push((await client.chat.postMessage({ channel: RELEASE, text })).ts ?? '');
  }
  const texts = async (args: object) => {
    const answer = await client.conversations.history({ channel: RELEASE, ...args });
    return answer.messages?.map((message) => message.text);
  };
  expect(await texts({ oldest: stamps[1] })).toEqual(['4', '3']);
  expect(await texts({ oldest: stamps[1], inclusive: true })).toEqual(['4', '3', '2']);
  expect(await texts({ latest: stamps[1] })).toEqual(['1']);
  const page = await client.conversations.history({ channel: RELEASE, limit: 3 });
  expect(page.has_more).toBe(true);
  const cursor = page.response_metadata?.next_cursor ?? '';
  expect(await texts({ limit: 3, cursor })).toEqual(['1']);
  expect((await refusalOf(texts({ limit: 5000 }))).error).toBe('invalid_limit');
  expect((await refusalOf(texts({ cursor: 'nonsense' }))).error).toBe('invalid_cursor');
  expect((await refusalOf(texts({ oldest: 'yesterday' }))).error).toBe('invalid_ts_oldest');
});

test('threads keep their replies out of the channel', async () => {
  const { client, ...workspace } = await startTestWorkspace({ limits: 'off' });
  const root = await client.chat.postMessage({ channel: RELEASE, text: 'root' });
  const reply = await client.chat.postMessage({ channel: RELEASE, text: 'reply', thread_ts: root.ts ?? '' });
  await client.chat.postMessage({
    channel: RELEASE,
    text: 'both',
    thread_ts: root.ts ?? '',
    reply_broadcast: true,
  });
  const history = await client.conversations.history({ channel: RELEASE });
  expect(history.messages?.map((message) => message.text)).toEqual(['both', 'root']);
  const thread = await client.conversations.replies({ channel: RELEASE, ts: root.ts ?? '' });
  expect(thread.messages?.map((message) => message.text)).toEqual(['root', 'reply', 'both']);
  expect(thread.messages?.[0]?.reply_count).toBe(2);
  const shown = await messagesIn(workspace, RELEASE, `threadTs=${root.ts}`);
  expect(shown.map((message) => message.text)).toEqual(['root', 'reply', 'both']);
  const toReply = client.chat.postMessage({ channel: RELEASE, text: 'x', thread_ts: reply.ts ?? '' });
  expect((await refusalOf(toReply)).error).toBe('cannot_reply_to_message');
  expect((await refusalOf(client.conversations.replies({ channel: RELEASE, ts: '1.000000' }))).error).toBe(
    'thread_not_found',
  );
});

test('an update replaces text and blocks, keeps metadata unless it is emptied', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const metadata = { event_type: 'delivery', event_payload: { id: 'd-1' } };
  const blocks = [{ type: 'divider' }];
  const { ts = '' } = await client.chat.postMessage({ channel: RELEASE, text: 'one', blocks, metadata });
  await client.chat.update({ channel: RELEASE, ts, text: 'two' });
  const [edited] = await messagesIn(workspace, RELEASE);
  expect(edited).toMatchObject({ text: 'two', edits: 1, metadata });
  expect(edited?.blocks).toBeUndefined();
  await client.apiCall('chat.update', { channel: RELEASE, ts, text: 'three', metadata: '{}' });
  expect((await messagesIn(workspace, RELEASE))[0]?.metadata).toBeUndefined();
  await client.chat.delete({ channel: RELEASE, ts });
  expect(await messagesIn(workspace, RELEASE)).toEqual([]);
  expect((await refusalOf(client.chat.update({ channel: RELEASE, ts, text: 'x' }))).error).toBe(
    'message_not_found',
  );
});

test('a private message is seen by its person only and is not in the history', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const { message_ts: ts = '' } = await client.chat.postEphemeral({
    channel: RELEASE,
    user: RITA,
    text: 'psst',
  });
  expect((await messagesIn(workspace, RELEASE, `person=${RITA}`)).map((each) => each.onlyFor)).toEqual([
    RITA,
  ]);
  expect(await messagesIn(workspace, RELEASE, `person=${EMIL}`)).toEqual([]);
  expect((await client.conversations.history({ channel: RELEASE })).messages).toEqual([]);
  expect((await refusalOf(client.chat.update({ channel: RELEASE, ts, text: 'x' }))).error).toBe(
    'message_not_found',
  );
  const stranger = client.chat.postEphemeral({ channel: RELEASE, user: 'U0NOBODY', text: 'x' });
  expect((await refusalOf(stranger)).error).toBe('user_not_in_channel');
});

test('a direct message is addressed by person, and known by its own id', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const post = await client.chat.postMessage({ channel: RITA, text: 'hello' });
  expect(post.channel).toMatch(/^D/);
  const opened = await client.conversations.open({ users: RITA });
  expect(opened).toMatchObject({ channel: { id: post.channel }, already_open: true });
  expect((await refusalOf(client.chat.update({ channel: RITA, ts: post.ts ?? '', text: 'x' }))).error).toBe(
    'channel_not_found',
  );
  await client.chat.update({ channel: post.channel ?? '', ts: post.ts ?? '', text: 'edited' });
  const history = await client.conversations.history({ channel: post.channel ?? '' });
  expect(history.messages?.[0]?.text).toBe('edited');
});

test('stray markup characters are stored escaped, valid mentions as they are', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  await workspace.client.chat.postMessage({ channel: RELEASE, text: `a < b & <@${RITA}> &lt; <b>` });
  expect((await messagesIn(workspace, RELEASE))[0]?.text).toBe(`a &lt; b &amp; <@${RITA}> &lt; &lt;b&gt;`);
});

test.each([
  ['no channel', { text: 'x' }, 'invalid_arguments'],
  ['an unknown channel', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
  ['a channel by name', { channel: '#engineering', text: 'x' }, 'channel_not_found'],
  ['a channel without the bot', { channel: GENERAL, text: 'x' }, 'not_in_channel'],
  ['nothing to say', { channel: RELEASE }, 'no_text'],
  ['an empty text and no blocks', { channel: RELEASE, text: '', blocks: '[]' }, 'no_text'],
  ['blocks that are no JSON', { channel: RELEASE, blocks: '[{' }, 'invalid_blocks_format'],
  ['an unknown block', { channel: RELEASE, blocks: '[{"type":"fancy"}]' }, 'invalid_blocks'],
  ['an unknown thread', { channel: RELEASE, text: 'x', thread_ts: '1.000001' }, 'cannot_reply_to_message'],
  ['metadata that is no object', { channel: RELEASE, text: 'x', metadata: '[1]' }, 'invalid_metadata_format'],
  [
    'metadata without a payload',
    { channel: RELEASE, text: 'x', metadata: '{"event_type":"a"}' },
    'invalid_metadata_schema',
  ],
  [
    'large metadata',
    {
      channel: RELEASE,
      text: 'x',
      metadata: JSON.stringify({ event_type: 'a', event_payload: { b: 'c'.repeat(2000) } }),
    },
    'metadata_too_large',
  ],
  ['markdown beside text', { channel: RELEASE, text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
  ['attachments', { channel: RELEASE, attachments: '[]' }, 'invalid_arguments'],
])('chat.postMessage refuses %s', async (_what, args, code) => {
  const { client, ...workspace } = await startTestWorkspace();
  expect((await refusalOf(client.apiCall('chat.postMessage', args))).error).toBe(code);
  expect(await messagesIn(workspace, RELEASE)).toEqual([]);
});

test('chat.update refuses long texts, unknown messages and messages of others', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const { ts = '' } = await client.chat.postMessage({ channel: RELEASE, text: 'mine' });
  const long = client.chat.update({ channel: RELEASE, ts, text: 'x'.repeat(4001) });
  expect((await refusalOf(long)).error).toBe('msg_too_long');
  expect((await refusalOf(client.chat.update({ channel: RELEASE, ts: '1.000001', text: 'x' }))).error).toBe(
    'message_not_found',
  );
  const { message } = await action(workspace, 'message', { person: RITA, channel: RELEASE, text: 'hers' });
  const theirs = { channel: RELEASE, ts: message?.ts ?? '' };
  expect((await refusalOf(client.chat.update({ ...theirs, text: 'x' }))).error).toBe('cant_update_message');
  expect((await refusalOf(client.chat.delete(theirs))).error).toBe('cant_delete_message');
});

test('a message is cut at 40,000 characters', async () => {
  const workspace = await startTestWorkspace();
  await workspace.client.chat.postMessage({ channel: RELEASE, text: 'x'.repeat(40_001) });
  expect((await messagesIn(workspace, RELEASE))[0]?.text).toHaveLength(40_000);
});

test('tokens, scopes and method names are checked', async () => {
  const workspace = await startTestWorkspace({
    scopes: allScopes.filter((scope) => scope !== 'users:read.email'),
  });
  const { client } = workspace;
  expect((await refusalOf(clientOf(workspace, 'xoxb-wrong').auth.test())).error).toBe('invalid_auth');
  const appClient = clientOf(workspace, APP_TOKEN);
  const wrongToken = appClient.chat.postMessage({ channel: RELEASE, text: 'x' });
  expect((await refusalOf(wrongToken)).error).toBe('not_allowed_token_type');
  expect((await refusalOf(client.apps.connections.open())).error).toBe('not_allowed_token_type');
  expect((await refusalOf(client.apiCall('chat.nonsense'))).error).toBe('unknown_method');
  const lookup = client.users.lookupByEmail({ email: 'rita@example.com' });
  await expect(lookup).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'users:read.email' },
  });
  const anonymous = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST' });
  expect(await anonymous.json()).toMatchObject({ ok: false, error: 'not_authed' });
  const body = JSON.stringify({ channel: RELEASE, text: 'as JSON' });
  const headers = { 'content-type': 'application/json; charset=utf-8', authorization: 'Bearer xoxb-test' };
  const json = await fetch(`${workspace.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
  expect(await json.json()).toMatchObject({ ok: true, message: { text: 'as JSON' } });
});

test('people and channels are found, by page and by e-mail', async () => {
  const { client } = await startTestWorkspace();
  const found = await client.users.lookupByEmail({ email: 'dana@example.com' });
  expect(found.user).toMatchObject({ id: 'U0DANA', profile: { email: 'dana@example.com' } });
  expect((await refusalOf(client.users.lookupByEmail({ email: 'x@example.com' }))).error).toBe(
    'users_not_found',
  );
  expect((await refusalOf(client.users.info({ user: 'U0NOBODY' }))).error).toBe('user_not_found');
  const page = await client.conversations.list({ limit: 5 });
  const rest = await client.conversations.list({
    limit: 5,
    cursor: page.response_metadata?.next_cursor ?? '',
  });
  expect([...(page.channels ?? []), ...(rest.channels ?? [])]).toHaveLength(9);
  expect((await refusalOf(client.conversations.list({ types: 'private_channel' }))).error).toBe(
    'missing_scope',
  );
  const info = await client.conversations.info({ channel: GENERAL });
  expect(info.channel).toMatchObject({ name: 'general', is_member: false });
  expect((await refusalOf(client.conversations.history({ channel: GENERAL }))).error).toBe('not_in_channel');
  expect((await client.conversations.members({ channel: GENERAL })).members).not.toContain('U0TMINUS');
  expect((await client.bots.info({ bot: 'B0TMINUS' })).bot?.user_id).toBe('U0TMINUS');
});

test('the conversations of the bot are the channels that it is in, page by page', async () => {
  const { client } = await startTestWorkspace();
  const page = await client.users.conversations({ limit: 5 });
  const rest = await client.users.conversations({
    limit: 5,
    cursor: page.response_metadata?.next_cursor ?? '',
  });
  const channels = [...(page.channels ?? []), ...(rest.channels ?? [])];
  const joined = defaultSeed.channels.filter(({ bot }) => bot);
  expect(channels.map(({ id }) => id)).toEqual(joined.map(({ id }) => id));
  expect(channels[0]).not.toHaveProperty('is_member');
  const everywhere = await client.users.conversations({ user: RITA });
  expect(everywhere.channels?.map(({ id }) => id)).toContain(GENERAL);
  const refusals = [
    client.users.conversations({ limit: 1000 }),
    client.users.conversations({ types: 'private_channel' }),
    client.users.conversations({ types: 'rooms' }),
    client.users.conversations({ user: 'U0NOBODY' }),
  ];
  const codes = await Promise.all(refusals.map(async (refused) => (await refusalOf(refused)).error));
  expect(codes).toEqual(['invalid_limit', 'missing_scope', 'invalid_types', 'user_not_found']);
});

test('an archived channel takes nothing', async () => {
  const channels = defaultSeed.channels.map((each) =>
    each.id === RELEASE ? { ...each, archived: true } : each,
  );
  const workspace = await startTestWorkspace({ seed: { ...defaultSeed, channels } });
  const { client } = workspace;
  expect((await refusalOf(client.chat.postMessage({ channel: RELEASE, text: 'x' }))).error).toBe(
    'is_archived',
  );
  const ephemeral = client.chat.postEphemeral({ channel: RELEASE, user: RITA, text: 'x' });
  expect((await refusalOf(ephemeral)).error).toBe('is_archived');
  const typed = action(workspace, 'message', { person: RITA, channel: RELEASE, text: 'x' });
  await expect(typed).rejects.toThrow('archived');
  const listed = await client.conversations.list({ exclude_archived: true });
  expect(listed.channels?.map((each) => each.id)).not.toContain(RELEASE);
});
