import { expect, it } from 'vitest';
import {
  act,
  cardOf,
  channelCalled,
  control,
  createConnector,
  messagesIn,
  messageWith,
  personCalled,
  seed,
  startBot,
  startTestTeams,
  type TestTeams,
} from './harness.ts';

const release = channelCalled('release-deployment');
const [rita, emil] = [personCalled('rita'), personCalled('emil')];
const cardType = 'application/vnd.microsoft.card.adaptive';

/** Posts a card in the channel; answers where it is. */
async function postCard(teams: TestTeams, card: object): Promise<{ channel: string; ts: string }> {
  const call = await createConnector(teams);
  const { body } = await call('POST', 'conversations', {
    isGroup: true,
    tenantId: seed.tenantId,
    channelData: { channel: { id: release } },
    activity: messageWith(card),
  });
  return { channel: release, ts: String(body.activityId) };
}

it('reaches a bot of the SDK with what names it in a channel, and with all of a personal chat', async () => {
  const teams = await startTestTeams();
  const { received } = await startBot(teams);
  await act(teams, 'message', { person: rita.id, channel: release, text: 'hello everybody' });
  expect(received).toEqual([]);
  const asked = { person: rita.id, channel: release, command: '/promote', text: 'web <b> @emil' };
  expect((await act(teams, 'command', asked)).status).toBe('acknowledged');
  expect(received[0]).toMatchObject({
    type: 'message',
    text: '<at>tminus</at> promote web &lt;b&gt; <at>Emil Novak</at>',
    from: { id: rita.mri, aadObjectId: rita.id },
    recipient: { id: seed.app.botId },
    conversation: { conversationType: 'channel', tenantId: seed.tenantId },
    channelData: { team: { id: seed.team.id }, channel: { id: release }, tenant: { id: seed.tenantId } },
    entities: [
      { type: 'mention', text: '<at>tminus</at>', mentioned: { id: seed.app.botId } },
      { type: 'mention', text: '<at>Emil Novak</at>', mentioned: { id: emil.mri } },
      { type: 'clientInfo' },
    ],
  });
  const direct = await control<{ id: string }>(teams, 'GET', `people/${rita.id}/direct`);
  await act(teams, 'command', { ...asked, channel: direct.id, text: 'web' });
  expect(received[1]).toMatchObject({ text: 'promote web', conversation: { conversationType: 'personal' } });
});

it('gives a command what the bot answers in its thread', async () => {
  const teams = await startTestTeams();
  const call = await createConnector(teams);
  await startBot(teams, async ({ activity }) => {
    const at = `conversations/${encodeURIComponent(activity.conversation.id)}/activities`;
    await call('POST', at, { type: 'message', text: `You said: ${activity.text.replace(/<[^>]+>/g, '')}` });
    return undefined;
  });
  const asked = { person: rita.id, channel: release, command: '/release', text: 'list' };
  const { message, typed } = await act(teams, 'command', asked);
  expect(message).toMatchObject({ text: 'You said: tminus release list', threadTs: typed?.ts });
});

it.each([
  ['none', 401],
  // The SDK itself fails at a signature that is not right.
  ['forged', 500],
  ['expired', 401],
  ['wrong-audience', 401],
  ['wrong-issuer', 401],
  ['wrong-service', 401],
])('has tokens that the SDK refuses: %s', async (token, status) => {
  const teams = await startTestTeams();
  const { received } = await startBot(teams);
  const said = { person: rita.id, channel: release, text: '@tminus hello', token };
  const result = await act(teams, 'message', said);
  expect(result).toMatchObject({
    status: 'not-delivered',
    detail: `The app answered with HTTP ${status}.`,
  });
  expect(received).toEqual([]);
});

it('can act for somebody of another organisation, and repeat an act', async () => {
  const teams = await startTestTeams();
  const { received } = await startBot(teams);
  const said = { person: rita.id, channel: release, text: '@tminus hello' };
  await act(teams, 'message', { ...said, token: 'other-tenant' });
  expect(received[0]?.conversation.tenantId).not.toBe(seed.tenantId);
  expect(received[0]?.from.aadObjectId).not.toBe(rita.id);
  const { deliveries } = await act(teams, 'message', { ...said, times: 2 });
  expect(deliveries).toHaveLength(2);
  expect(received[1]?.id).toBe(received[2]?.id);
});

it('shows the answer to an Execute to the clicker alone, until the message is edited', async () => {
  const teams = await startTestTeams();
  const answered = cardOf({ type: 'TextBlock', text: 'your vote' });
  const { received } = await startBot(teams, async () => ({
    status: 200,
    body: { statusCode: 200, type: cardType, value: answered },
  }));
  const action = {
    type: 'Action.Execute',
    title: 'Go',
    verb: 'vote-go',
    data: { poll: 7 },
    fallback: { type: 'Action.Submit', title: 'Go', data: { poll: 7 } },
  };
  const on = await postCard(teams, {
    ...cardOf({ type: 'Input.Text', id: 'why', isRequired: true }),
    actions: [action],
    refresh: { action, userIds: [emil.mri] },
  });
  const click = { person: rita.id, on, actionId: 'vote-go' };
  expect((await act(teams, 'click', click)).errors).toEqual({ why: 'This field is required.' });
  await act(teams, 'click', { ...click, values: { why: { text: 'it works' } } });
  expect(received[0]).toMatchObject({
    name: 'adaptiveCard/action',
    replyToId: on.ts,
    value: { action: { verb: 'vote-go', data: { poll: 7, why: 'it works' } }, trigger: 'manual' },
  });
  const seenBy = async (person: string) =>
    (await messagesIn(teams, release, `person=${person}`))[0]?.attachments?.[0]?.content;
  expect(await seenBy(rita.id)).toEqual(answered);
  expect(await seenBy(emil.id)).not.toEqual(answered);
  await act(teams, 'refresh', { person: emil.id, on });
  expect(received[1]?.value).toMatchObject({ trigger: 'automatic' });
  expect(await seenBy(emil.id)).toEqual(answered);
  const forRita = await act(teams, 'refresh', { person: rita.id, on });
  expect(forRita).toMatchObject({
    status: 'not-delivered',
    detail: expect.stringContaining('not refreshed for rita'),
  });
  const call = await createConnector(teams);
  const newest = cardOf({ type: 'TextBlock', text: 'closed' });
  const at = `conversations/${encodeURIComponent(release)}/activities/${on.ts}`;
  expect((await call('PUT', at, messageWith(newest))).status).toBe(200);
  expect(await seenBy(rita.id)).toEqual(newest);
});

it('sends a Submit as a message, also from a client that knows no Execute', async () => {
  const teams = await startTestTeams();
  const { received } = await startBot(teams);
  const fallback = { type: 'Action.Submit', title: 'Go', data: { vote: 'go' } };
  const on = await postCard(teams, {
    ...cardOf(),
    actions: [{ type: 'Action.Execute', title: 'Go', verb: 'vote-go', fallback }],
  });
  await act(teams, 'click', { person: rita.id, on, actionId: 'vote-go', olderClient: true });
  expect(received[0]).toMatchObject({ type: 'message', value: { vote: 'go' }, replyToId: on.ts });
  expect(received[0]?.text).toBeUndefined();
});

it('opens a dialog, keeps it open with another card, and closes it', async () => {
  const teams = await startTestTeams();
  const form = (title: string) => ({
    ...cardOf({ type: 'Input.Text', id: 'reason', isRequired: true }),
    actions: [{ type: 'Action.Submit', title }],
  });
  const { received } = await startBot(teams, async ({ activity }) => {
    const show = (title: string) => ({
      status: 200,
      body: {
        task: { type: 'continue', value: { title, card: { contentType: cardType, content: form(title) } } },
      },
    });
    if (activity.name === 'task/fetch') return show('Why?');
    return activity.value.data.reason === 'so' ? show('Say more') : { status: 200 };
  });
  const data = { msteams: { type: 'task/fetch' }, vote: { action: 'vote-no-go' } };
  const on = await postCard(teams, {
    ...cardOf(),
    actions: [{ type: 'Action.Submit', title: 'No-go', data }],
  });
  const { view } = await act(teams, 'click', { person: rita.id, on, actionId: 'vote-no-go' });
  expect(view?.title).toBe('Why?');
  const submit = (text: string) =>
    act(teams, 'submit', { person: rita.id, viewId: view?.id, values: { reason: { text } } });
  expect((await submit('')).errors).toEqual({ reason: 'This field is required.' });
  expect((await submit('so')).view?.title).toBe('Say more');
  const views = () => control<{ views: unknown[] }>(teams, 'GET', `people/${rita.id}/views`);
  expect((await views()).views).toHaveLength(1);
  await submit('Two tests are red');
  expect((await views()).views).toEqual([]);
  expect(received.map(({ name }) => name)).toEqual(['task/fetch', 'task/submit', 'task/submit']);
});

it('tells the app once where it is installed, and of every change', async () => {
  const teams = await startTestTeams();
  await teams.greetApp();
  const { received } = await startBot(teams);
  await teams.greetApp();
  await teams.greetApp();
  const places = 1 + seed.people.length;
  const added = received.filter(({ type }) => type === 'installationUpdate');
  expect(added.map(({ action }) => action)).toEqual(Array.from({ length: places }, () => 'add'));
  expect(received.filter(({ type }) => type === 'conversationUpdate')).toHaveLength(places);
  await control(teams, 'PUT', 'installation', { people: { [rita.id]: 'removed' } });
  expect(received.at(-2)).toMatchObject({ type: 'installationUpdate', action: 'remove' });
  await control(teams, 'PUT', 'installation', { people: { [rita.id]: 'installed' } });
  expect(received.at(-2)).toMatchObject({ type: 'installationUpdate', action: 'add' });
});

it('tells the app that a message it had heard was deleted', async () => {
  const teams = await startTestTeams();
  const { received } = await startBot(teams);
  const { message } = await act(teams, 'message', {
    person: rita.id,
    channel: release,
    text: '@tminus hello',
  });
  await act(teams, 'delete-message', { person: rita.id, on: { channel: release, ts: message?.ts } });
  expect(received.at(-1)).toMatchObject({ type: 'messageDelete', id: message?.ts });
  expect(await messagesIn(teams, release)).toEqual([]);
});
