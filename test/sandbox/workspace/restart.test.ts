import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Faults, HomeTab } from '../../../sandbox/control-api.ts';
import { SandboxClock } from '../../../sandbox/sandbox-clock.ts';
import { openStore } from '../../../sandbox/workspace/store.ts';
import { startSocketApp } from './bolt.ts';
import {
  action,
  control,
  messagesIn,
  RELEASE,
  RITA,
  startTestWorkspace,
  temporaryFolder,
  viewsOf,
} from './harness.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = { type: 'modal' as const, title: plain('Title'), blocks: [{ type: 'divider' as const }] };
const journalOf = (dataDir: string) => path.join(dataDir, 'workspace.jsonl');

test('a workspace goes on where it was: messages, homes, modals, answers, faults, clock', async () => {
  const dataDir = temporaryFolder();
  const before = await startTestWorkspace({ dataDir, limits: 'off' });
  let responseUrl = '';
  const bolt = await startSocketApp(before, (app) =>
    app.command('/release', async ({ command, ack, client }) => {
      responseUrl = command.response_url;
      await client.views.open({ trigger_id: command.trigger_id, view: modal });
      await ack('private');
    }),
  );
  const { client } = before;
  const kept = await client.chat.postMessage({ channel: RELEASE, text: 'kept' });
  const { ts = '' } = await client.chat.postMessage({ channel: RELEASE, text: 'deleted' });
  await client.chat.delete({ channel: RELEASE, ts });
  const direct = await client.chat.postMessage({ channel: RITA, text: 'direct' });
  await client.views.publish({ user_id: RITA, view: { type: 'home', blocks: [] } });
  await action(before, 'command', { person: RITA, channel: RELEASE, command: '/release', text: '' });
  await control(before, 'PUT', 'faults', { active: [{ kind: 'slow', methods: ['users.list'], times: 3 }] });
  await control(before, 'PUT', 'clock', { rate: 50, paused: true });
  await control(before, 'POST', 'clock/jump', { to: '2027-03-01T00:00:00Z' });
  const seen = await messagesIn(before, RELEASE, `person=${RITA}`);
  const views = await viewsOf(before, RITA);
  await bolt.stop();
  await before.close();

  const after = await startTestWorkspace({ dataDir, limits: 'off', clock: new SandboxClock() });
  expect(await messagesIn(after, RELEASE, `person=${RITA}`)).toEqual(seen);
  expect(seen.map((message) => message.text)).toEqual(['kept', 'private']);
  expect(await viewsOf(after, RITA)).toEqual(views);
  expect(views).toHaveLength(1);
  expect((await control<HomeTab>(after, 'GET', `people/${RITA}/home`)).view).not.toBeNull();
  expect((await messagesIn(after, direct.channel ?? ''))[0]?.text).toBe('direct');
  expect((await control<Faults>(after, 'GET', 'faults')).active).toMatchObject([{ kind: 'slow', times: 3 }]);
  expect(after.clock.state()).toMatchObject({
    nowMs: Date.parse('2027-03-01T00:00:00Z'),
    rate: 50,
    paused: true,
  });
  const answered = await fetch(`${after.url}${new URL(responseUrl).pathname}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'later' }),
  });
  expect(answered.status).toBe(200);
  const next = await after.client.chat.postMessage({ channel: RELEASE, text: 'next' });
  expect(Number(next.ts)).toBeGreaterThan(Number(kept.ts));
});

test('the timestamp of a deleted message is not given again after a restart', async () => {
  const dataDir = temporaryFolder();
  const before = await startTestWorkspace({ dataDir, limits: 'off' });
  before.clock.pause();
  const { ts = '' } = await before.client.chat.postMessage({ channel: RELEASE, text: 'x' });
  await before.client.chat.delete({ channel: RELEASE, ts });
  await before.close();
  const after = await startTestWorkspace({ dataDir, limits: 'off' });
  const again = await after.client.chat.postMessage({ channel: RELEASE, text: 'y' });
  expect(again.ts).not.toBe(ts);
});

test('no time passes while the workspace is down', async () => {
  const dataDir = temporaryFolder();
  const before = await startTestWorkspace({ dataDir });
  await before.close();
  const stopped = before.clock.now();
  const clock = new SandboxClock({ wall: () => Date.now() + 3_600_000 });
  const after = await startTestWorkspace({ dataDir, clock });
  expect(after.clock.now() - stopped).toBeLessThan(60_000);
});

test('a last line that was cut short is dropped, and writing goes on behind it', async () => {
  const dataDir = temporaryFolder();
  const before = await startTestWorkspace({ dataDir, limits: 'off' });
  await before.client.chat.postMessage({ channel: RELEASE, text: 'whole' });
  await before.close();
  appendFileSync(journalOf(dataDir), '["messages","C0RELEASE:9.000000",{"ts":"9.0');
  const torn = await startTestWorkspace({ dataDir, limits: 'off' });
  await torn.client.chat.postMessage({ channel: RELEASE, text: 'after' });
  await torn.close();
  const again = await startTestWorkspace({ dataDir, limits: 'off' });
  expect((await messagesIn(again, RELEASE)).map((message) => message.text)).toEqual(['whole', 'after']);
});

test('a post that was answered is in the journal by then', async () => {
  const workspace = await startTestWorkspace();
  const { ts = '' } = await workspace.client.chat.postMessage({ channel: RELEASE, text: 'durable' });
  expect(readFileSync(journalOf(workspace.dataDir), 'utf8')).toContain(`"${RELEASE}:${ts}"`);
});

test('damage in the middle is reported with its line', async () => {
  const dataDir = temporaryFolder();
  writeFileSync(journalOf(dataDir), '["clock","clock",null]\nnonsense\n["clock","clock",null]\n');
  await expect(startTestWorkspace({ dataDir })).rejects.toThrow('workspace.jsonl:2 is damaged');
});

test('a journal of mostly outdated records is compacted at the start, losing nothing', () => {
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  for (let count = 0; count < 100; count += 1)
    store.tables.directs.put('U1', { id: `D${count}`, personId: 'U1' });
  store.tables.directs.put('U2', { id: 'D200', personId: 'U2' });
  store.tables.directs.put('U3', { id: 'D300', personId: 'U3' });
  store.tables.directs.delete('U3');
  store.close();
  const large = statSync(journalOf(dataDir)).size;
  const compacted = openStore(dataDir, { records: 10, ratio: 2 });
  compacted.tables.directs.put('U4', { id: 'D400', personId: 'U4' });
  compacted.close();
  expect(statSync(journalOf(dataDir)).size).toBeLessThan(large / 10);
  const reopened = openStore(dataDir);
  expect([...reopened.tables.directs.values()].map((direct) => direct.id)).toEqual(['D99', 'D200', 'D400']);
  reopened.close();
});
