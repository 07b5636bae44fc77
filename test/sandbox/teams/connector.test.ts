import { describe, expect, it } from 'vitest';
import {
  cardOf,
  channelCalled,
  control,
  createConnector,
  messagesIn,
  messageWith,
  personCalled,
  seed,
  startTestTeams,
  tokenFrom,
} from './harness.ts';

const release = channelCalled('release-deployment');
const rita = personCalled('rita');
const hello = { type: 'message', text: 'hello' };
const thread = (activity: object = hello) => ({
  isGroup: true,
  tenantId: seed.tenantId,
  channelData: { channel: { id: release } },
  activity,
});
const personal = (id: string) => ({
  isGroup: false,
  members: [{ id }],
  tenantId: seed.tenantId,
});

describe('tokens', () => {
  it('are issued to the app alone', async () => {
    const teams = await startTestTeams();
    expect(await tokenFrom(teams, { client_secret: 'guessed' })).toBe('refused: invalid_client');
    expect(await tokenFrom(teams, { client_id: seed.tenantId })).toBe('refused: unauthorized_client');
    expect(await tokenFrom(teams, { scope: 'https://graph.microsoft.com/.default' })).toBe(
      'refused: invalid_scope',
    );
  });

  it('are demanded for every call', async () => {
    const teams = await startTestTeams();
    const response = await fetch(`${teams.url}/teams/connector/v3/conversations/x/members`, {
      headers: { authorization: 'Bearer invented' },
    });
    expect(response.status).toBe(401);
  });
});

describe('the connector', () => {
  it('begins a thread, takes a reply, an edit and a deletion', async () => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    const { status, body } = await call('POST', 'conversations', thread());
    expect(status).toBe(201);
    const { id, activityId } = body as { id: string; activityId: string };
    expect(id).toBe(`${release};messageid=${activityId}`);
    const at = `conversations/${encodeURIComponent(id)}/activities`;
    const reply = await call('POST', at, { type: 'message', text: 'a detail' });
    expect(reply.status).toBe(201);
    expect((await call('PUT', `${at}/${activityId}`, { type: 'message', text: 'hello again' })).status).toBe(
      200,
    );
    const [root] = await messagesIn(teams, release);
    expect(root).toMatchObject({ ts: activityId, text: 'hello again', replyCount: 1, edits: 1 });
    const inThread = await messagesIn(teams, release, `threadTs=${activityId}`);
    expect(inThread.map(({ text }) => text)).toEqual(['hello again', 'a detail']);
    expect((await call('DELETE', `${at}/${String(reply.body.id)}`)).status).toBe(200);
    expect(await messagesIn(teams, release, `threadTs=${activityId}`)).toHaveLength(1);
    const gone = await call('PUT', `${at}/${String(reply.body.id)}`, hello);
    expect(gone).toMatchObject({ status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } });
  });

  it('opens the one personal chat of somebody, by either id', async () => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    const byMri = await call('POST', 'conversations', personal(rita.mri));
    const byObjectId = await call('POST', 'conversations', personal(rita.id));
    expect(byMri.status).toBe(201);
    expect(byObjectId.body.id).toBe(byMri.body.id);
    const at = `conversations/${encodeURIComponent(String(byMri.body.id))}/activities`;
    expect((await call('POST', at, hello)).status).toBe(201);
    const direct = await control<{ id: string }>(teams, 'GET', `people/${rita.id}/direct`);
    expect((await messagesIn(teams, direct.id)).map(({ text }) => text)).toEqual(['hello']);
  });

  it('gives members by pages, and single ones by either id', async () => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    const at = `conversations/${encodeURIComponent(release)}`;
    const names: unknown[] = [];
    for (let token = ''; ; ) {
      const { body } = await call('GET', `${at}/pagedmembers?pageSize=4${token}`);
      names.push(...(body.members as { name: string }[]).map(({ name }) => name));
      if (body.continuationToken === undefined) break;
      token = `&continuationToken=${String(body.continuationToken)}`;
    }
    expect(names).toEqual(seed.people.map(({ realName }) => realName));
    for (const id of [rita.mri, rita.id]) {
      const { body } = await call('GET', `${at}/members/${id}`);
      expect(body).toMatchObject({ id: rita.mri, aadObjectId: rita.id, email: 'rita@example.com' });
    }
    expect((await call('GET', `${at}/members/29:nobody`)).body.error?.code).toBe(
      'MemberNotFoundInConversation',
    );
  });

  it('knows the team and its channels; the first has no name', async () => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    const at = `teams/${encodeURIComponent(seed.team.id)}`;
    expect((await call('GET', at)).body).toMatchObject({
      name: 'Web Platform',
      aadGroupId: seed.team.groupId,
    });
    const { body } = await call('GET', `${at}/conversations`);
    expect(body.conversations).toContainEqual({ id: release, name: 'release-deployment' });
    expect(body.conversations).toContainEqual({ id: seed.team.id });
  });

  it('refuses where the app is not, and where it is blocked', async () => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    const { body } = await call('POST', 'conversations', personal(rita.id));
    const at = `conversations/${encodeURIComponent(String(body.id))}/activities`;
    await control(teams, 'PUT', 'installation', { people: { [rita.id]: 'blocked' } });
    expect((await call('POST', at, hello)).body.error?.code).toBe('MessageWritesBlocked');
    await control(teams, 'PUT', 'installation', { team: 'removed', people: { [rita.id]: 'removed' } });
    expect((await call('POST', at, hello)).body.error?.code).toBe('BotNotInConversationRoster');
    expect((await call('POST', 'conversations', thread())).status).toBe(403);
    expect((await call('POST', 'conversations/19%3Ainvented/activities', hello)).body.error?.code).toBe(
      'ConversationNotFound',
    );
  });
});

describe('what is sent', () => {
  const refused = async (activity: object) => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    const { status, body } = await call('POST', 'conversations', thread(activity));
    expect(await messagesIn(teams, release)).toEqual([]);
    return { status, message: body.error?.message ?? '' };
  };

  it('needs a text or a card', async () => {
    expect(await refused({ type: 'message', text: '' })).toMatchObject({ status: 400 });
    expect(await refused({ type: 'event' })).toMatchObject({ status: 400 });
  });

  it.each([
    ['a later version', { type: 'AdaptiveCard', version: '1.6', body: [] }, /version/],
    ['an unknown element', cardOf({ type: 'Chart.Donut' }), /unsupported type: Chart.Donut/],
    ['an unknown property', cardOf({ type: 'TextBlock', text: 'x', blink: true }), /blink/],
    [
      'too many actions',
      {
        ...cardOf(),
        actions: Array.from({ length: 7 }, () => ({ type: 'Action.Execute', title: 'Go', verb: 'go' })),
      },
      /no more than 6/,
    ],
    [
      'an Execute without a verb',
      { ...cardOf(), actions: [{ type: 'Action.Execute', title: 'Go' }] },
      /verb/,
    ],
    [
      'a dialog of an Execute',
      {
        ...cardOf(),
        actions: [{ type: 'Action.Execute', verb: 'go', data: { msteams: { type: 'task/fetch' } } }],
      },
      /opens no dialog/,
    ],
    [
      'a refresh for too many',
      {
        ...cardOf(),
        refresh: {
          action: { type: 'Action.Execute', verb: 'refresh' },
          userIds: Array.from({ length: 61 }, (_, index) => `29:${index}`),
        },
      },
      /no more than 60/,
    ],
    [
      'two inputs of one id',
      cardOf({ type: 'Input.Text', id: 'a' }, { type: 'Input.Text', id: 'a' }),
      /two inputs/,
    ],
    [
      'a mention that stands nowhere',
      {
        ...cardOf({ type: 'TextBlock', text: 'hello' }),
        msteams: {
          entities: [{ type: 'mention', text: '<at>Rita</at>', mentioned: { id: rita.mri, name: 'Rita' } }],
        },
      },
      /stands nowhere/,
    ],
  ])('is refused with %s in its card', async (_what, card, why) => {
    const { status, message } = await refused(messageWith(card));
    expect(status).toBe(400);
    expect(message).toMatch(why);
  });

  it('is refused above 80 KB', async () => {
    expect(await refused({ type: 'message', text: 'x'.repeat(41_000) })).toMatchObject({ status: 413 });
  });

  it('notifies whom its mentions name, and refuses one that does not stand in the text', async () => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    const entity = { type: 'mention', text: '<at>Rita</at>', mentioned: { id: rita.mri, name: 'Rita' } };
    await call('POST', 'conversations', thread({ ...hello, text: 'ask <at>Rita</at>', entities: [entity] }));
    expect((await messagesIn(teams, release))[0]?.notifies).toEqual([rita.id]);
    expect((await call('POST', 'conversations', thread({ ...hello, entities: [entity] }))).status).toBe(400);
  });
});

describe('limits and faults', () => {
  it('takes seven messages in a second, and sixty in half a minute', async () => {
    const teams = await startTestTeams();
    teams.wall.stop();
    const call = await createConnector(teams);
    const at = `conversations/${encodeURIComponent(release)}/activities`;
    const send = async () => (await call('POST', at, hello)).status;
    for (let each = 0; each < 7; each += 1) expect(await send()).toBe(201);
    const refused = await call('POST', at, hello);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    teams.wall.advance(2_000);
    let sent = 7;
    for (; sent < 60; sent += 1) {
      teams.wall.advance(300);
      expect(await send()).toBe(201);
    }
    teams.wall.advance(300);
    const throttled = await call('POST', at, hello);
    expect(throttled.status).toBe(429);
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(1);
  });

  it.each([
    ['precondition-failed', 412, 0],
    ['too-big', 413, 0],
    ['bad-gateway', 502, 0],
    ['unavailable', 503, 0],
    ['rate-limited', 429, 0],
    ['rate-limited-without-hint', 429, 0],
    ['error-after-posting', 500, 1],
  ])('plays %s', async (kind, status, stored) => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    await control(teams, 'PUT', 'faults', { active: [{ kind, methods: [], times: 1 }] });
    const refused = await call('POST', 'conversations', thread());
    expect(refused.status).toBe(status);
    expect(refused.headers.has('retry-after')).toBe(kind === 'rate-limited');
    expect(await messagesIn(teams, release)).toHaveLength(stored);
    expect((await call('POST', 'conversations', thread())).status).toBe(201);
  });

  it.each([
    ['drop-before-posting', 0],
    ['drop-after-posting', 1],
  ])('cuts the connection: %s', async (kind, stored) => {
    const teams = await startTestTeams();
    const call = await createConnector(teams);
    await control(teams, 'PUT', 'faults', { active: [{ kind, methods: [], times: 1 }] });
    await expect(call('POST', 'conversations', thread())).rejects.toThrow();
    expect(await messagesIn(teams, release)).toHaveLength(stored);
  });
});

it('goes on where it was after a restart', async () => {
  const before = await startTestTeams();
  const call = await createConnector(before);
  const { body } = await call('POST', 'conversations', thread());
  await control(before, 'PUT', 'installation', { people: { [rita.id]: 'blocked' } });
  const token = await tokenFrom(before);
  await before.close();
  const after = await startTestTeams({ dataDir: before.dataDir });
  expect((await messagesIn(after, release)).map(({ ts }) => ts)).toEqual([body.activityId]);
  expect(await control(after, 'GET', 'installation')).toMatchObject({ people: { [rita.id]: 'blocked' } });
  const at = `${after.url}/teams/connector/v3/conversations/${encodeURIComponent(release)}/members`;
  expect((await fetch(at, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
});
