import { request } from 'node:http';
import { expect, test } from 'vitest';
import type { ClockState, Workspace } from '../../../sandbox/control-api.ts';
import { action, control, followEvents, RELEASE, RITA, startTestWorkspace } from './harness.ts';

test('the workspace names its people, channels, bot and commands', async () => {
  const workspace = await startTestWorkspace();
  const shown = await control<Workspace>(workspace, 'GET', 'workspace');
  expect(shown.people).toHaveLength(9);
  expect(shown.people[0]).toMatchObject({
    id: RITA,
    name: 'rita',
    email: 'rita@example.com',
    title: 'Release manager',
  });
  expect(shown.channels.map((channel) => channel.name)).toContain('release-deployment');
  expect(shown.bot).toMatchObject({ userId: 'U0TMINUS', connected: false });
  expect(shown.commands).toEqual([{ command: '/release', description: 'Releases', usageHint: 'list' }]);
});

test('the event stream tells of messages, changes, deletions, clock and faults', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const events = await followEvents(workspace);
  const { ts = '' } = await client.chat.postMessage({ channel: RELEASE, text: 'one' });
  expect((await events.next('message')).message).toMatchObject({ ts, text: 'one', user: 'U0TMINUS' });
  await client.chat.update({ channel: RELEASE, ts, text: 'two' });
  expect((await events.next('message-changed')).message).toMatchObject({ ts, text: 'two', edits: 1 });
  await client.chat.delete({ channel: RELEASE, ts });
  expect(await events.next('message-deleted')).toEqual({ type: 'message-deleted', channel: RELEASE, ts });
  await control(workspace, 'PUT', 'clock', { rate: 60 });
  expect((await events.next('clock')).clock.rate).toBe(60);
  await control(workspace, 'PUT', 'faults', { active: [] });
  expect((await events.next('faults')).faults.active).toEqual([]);
  await client.conversations.open({ users: RITA });
  expect((await events.next('channel')).channel).toMatchObject({ kind: 'direct', personId: RITA });
  await client.views.publish({ user_id: RITA, view: { type: 'home', blocks: [] } });
  expect(await events.next('home')).toEqual({ type: 'home', personId: RITA });
});

test('the clock runs fast, stands still, and jumps forward only', async () => {
  let due: number | null = null;
  const workspace = await startTestWorkspace({ nextDue: () => due });
  const { wall } = workspace;
  await control(workspace, 'PUT', 'clock', { rate: 1000, paused: true });
  const before = await control<ClockState>(workspace, 'GET', 'clock');
  wall.advance(5_000);
  expect((await control<ClockState>(workspace, 'GET', 'clock')).nowMs).toBe(before.nowMs);
  await control(workspace, 'PUT', 'clock', { paused: false });
  wall.advance(2_000);
  expect(workspace.clock.now() - before.nowMs).toBeGreaterThanOrEqual(2_000_000);
  await control(workspace, 'PUT', 'clock', { paused: true });
  const jumped = await control<ClockState>(workspace, 'POST', 'clock/jump', { to: '2027-01-01T00:00:00Z' });
  expect(jumped.nowMs).toBe(Date.parse('2027-01-01T00:00:00Z'));
  const back = control(workspace, 'POST', 'clock/jump', { to: '2026-12-31T00:00:00Z' });
  await expect(back).rejects.toThrow('forward only');
  await expect(control(workspace, 'POST', 'clock/jump', { to: 'next' })).rejects.toThrow('Nothing is due');
  due = jumped.nowMs + 86_400_000;
  const next = await control<ClockState>(workspace, 'POST', 'clock/jump', { to: 'next' });
  expect(next).toMatchObject({ nowMs: due, nextDueMs: due });
});

test.each([
  ['an unknown person', 'message', { person: 'U0NOBODY', channel: RELEASE, text: 'x' }, '404'],
  ['an unknown channel', 'message', { person: RITA, channel: 'C0', text: 'x' }, '404'],
  ['a missing field', 'message', { person: RITA, channel: RELEASE }, 'text'],
  ['an unknown field', 'message', { person: RITA, channel: RELEASE, text: 'x', colour: 'red' }, 'colour'],
  [
    'an unknown command',
    'command',
    { person: RITA, channel: RELEASE, command: '/nope', text: '' },
    '/release',
  ],
  ['a click where nothing is', 'click', { person: RITA, on: { home: true }, actionId: 'x' }, 'not published'],
  ['a modal that is not open', 'submit', { person: RITA, viewId: 'V0', values: {} }, 'no open modal'],
])('%s is refused with a reason', async (_what, name, body, reason) => {
  const workspace = await startTestWorkspace();
  await expect(action(workspace, name, body)).rejects.toThrow(reason);
});

test.each([
  ['a zero rate', 'clock', { rate: 0 }],
  ['an empty change', 'clock', {}],
  ['an unknown fault', 'faults', { active: [{ kind: 'flood', methods: [], times: 1 }] }],
])('PUT refuses %s', async (_what, pathname, body) => {
  const workspace = await startTestWorkspace();
  await expect(control(workspace, 'PUT', pathname, body)).rejects.toThrow('invalid_request');
});

/** The status that a request with these headers gets; `fetch` does not let a test set `Host`. */
function statusFor(
  port: number,
  pathname: string,
  headers: Record<string, string>,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: pathname, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

test('other sites are kept out, whichever way they come', async () => {
  const { port, url } = await startTestWorkspace();
  const at = '/sandbox/workspace';
  expect(await statusFor(port, at, {})).toBe(200);
  expect(await statusFor(port, at, { host: `localhost:${port}` })).toBe(200);
  expect(await statusFor(port, at, { origin: url })).toBe(200);
  expect(await statusFor(port, at, { host: 'evil.example' })).toBe(403);
  expect(await statusFor(port, at, { origin: 'https://evil.example' })).toBe(403);
  expect(await statusFor(port, at, { origin: 'http://127.0.0.1:1' })).toBe(403);
  expect(await statusFor(port, at, { origin: 'null' })).toBe(403);
  expect(await statusFor(port, at, { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await statusFor(port, '/api/auth.test', { host: 'evil.example' })).toBe(403);
});

test('extensions have their places', async () => {
  const workspace = await startTestWorkspace({
    extensions: (app, publish) => {
      app.get('/', () => '<p>page</p>');
      app.get('/sandbox/bot', () => {
        publish({ type: 'bot', bot: { pid: 1, state: 'running', restarts: 0 } });
        return { pid: 1 };
      });
    },
  });
  expect(await (await fetch(workspace.url)).text()).toBe('<p>page</p>');
  expect((await fetch(`${workspace.url}/nothing`)).status).toBe(404);
  const events = await followEvents(workspace);
  expect(await control(workspace, 'GET', 'bot')).toEqual({ pid: 1 });
  expect((await events.next('bot')).bot.pid).toBe(1);
});
