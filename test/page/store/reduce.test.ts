import { describe, expect, it } from 'vitest';
import type { OpenView, WorkspaceEvent } from '../../../sandbox/control-api.ts';
import { readClock } from '../../../sandbox/page/store/clock.ts';
import { NOT_SENT } from '../../../sandbox/page/store/outcome.ts';
import { reduce } from '../../../sandbox/page/store/reduce.ts';
import { initialState, type PageState, type Snapshot } from '../../../sandbox/page/store/state.ts';
import { clock, message, openPage, snapshot, workspace } from '../make.ts';

const happen = (state: PageState, event: WorkspaceEvent) =>
  reduce(state, { type: 'event', event, receivedAt: 7 });
const view = (id: string, title = 'A'): OpenView => ({ id, hash: '', callbackId: '', title, view: {} });

const read = (state: PageState, over: Partial<Snapshot> = {}) =>
  reduce(state, { type: 'snapshot', snapshot: snapshot(over), receivedAt: 5 });

describe('a snapshot', () => {
  it('opens the first channel as the first person', () => {
    const state = read(initialState);
    expect(state.actor).toBe('URITA');
    expect(state.place).toEqual({ kind: 'channel', id: 'C1' });
    expect(state.clock).toEqual({ told: clock, receivedAt: 5 });
  });

  it('keeps whom one acts as and where one is, after a reconnection', () => {
    const state = read(openPage({ actor: 'UEMIL', place: { kind: 'channel', id: 'C2' } }));
    expect(state.actor).toBe('UEMIL');
    expect(state.place).toEqual({ kind: 'channel', id: 'C2' });
    expect(read(openPage({ place: { kind: 'home' } })).place).toEqual({ kind: 'home' });
  });

  it('forgets a person and a channel that are no more', () => {
    const state = read(openPage({ actor: 'UGONE', place: { kind: 'channel', id: 'CGONE' } }));
    expect(state.actor).toBe('URITA');
    expect(state.place).toEqual({ kind: 'channel', id: 'C1' });
  });

  it('replaces what the page held, and closes a thread that is no more', () => {
    const thread = { channel: 'C1', ts: '1.000001' };
    const before = reduce(openPage({ thread }), { type: 'messages', messages: [message('1.000001')] });
    const messages = [message('2.000001')];
    expect(read(before, { messages, threadGone: true })).toMatchObject({
      messages: { C1: messages },
      thread: null,
    });
    expect(read(before, { messages }).thread).toEqual(thread);
  });

  it('forgets what was read and tried in a workspace that began anew', () => {
    const memory = { lastRead: { 'URITA/C1': '9.000001' }, hintsDone: ['jump' as const] };
    expect(read(openPage(memory))).toMatchObject({ lastRead: {}, hintsDone: [] });
    expect(read(openPage(memory), { clock: { ...clock, nowMs: 9_000 } })).toMatchObject(memory);
  });
});

describe('a lost connection', () => {
  it('leaves the clock where it was, from the first failure on', () => {
    const open = openPage({ clock: { told: clock, receivedAt: 0 } });
    const lost = reduce(reduce(open, { type: 'lost', at: 10 }), { type: 'lost', at: 20 });
    expect(lost.connection).toBe('lost');
    expect(readClock(lost.clock, 99)).toBe(readClock(open.clock, 10));
    expect(read(lost).clock).toEqual({ told: clock, receivedAt: 5 });
  });

  it('is told once, however often something is tried, and no longer than it lasts', () => {
    const say = (state: PageState, id: string, text: string) =>
      reduce(state, { type: 'notice', notice: { id, text } });
    const lost = say(say(say(openPage(), '1', NOT_SENT), '2', 'Something else'), '3', NOT_SENT);
    expect(lost.notices.map(({ id }) => id)).toEqual(['2', '3']);
    expect(reduce(lost, { type: 'live' })).toMatchObject({ connection: 'live', notices: [{ id: '2' }] });
  });
});

describe('messages', () => {
  it('stand in order, each once, in the channel they belong to', () => {
    const first = message('20.000001');
    let state = happen(openPage(), { type: 'message', message: first });
    state = reduce(state, {
      type: 'messages',
      messages: [message('3.000001'), first, message('9.000001', { channel: 'C2' })],
    });
    expect(state.messages.C1?.map(({ ts }) => ts)).toEqual(['3.000001', '20.000001']);
    expect(state.messages.C2?.map(({ ts }) => ts)).toEqual(['9.000001']);
  });

  it('are not put back by a list that is older than an edit', () => {
    const edited = message('5.000001', { text: 'new', edits: 2 });
    const state = happen(openPage(), { type: 'message-changed', message: edited });
    const after = reduce(state, {
      type: 'messages',
      messages: [message('5.000001', { text: 'old', edits: 1 })],
    });
    expect(after.messages.C1?.[0]?.text).toBe('new');
  });

  it('go when deleted, the private one of the same instant stays', () => {
    const own = message('5.000001', { onlyFor: 'URITA' });
    let state = reduce(openPage(), { type: 'messages', messages: [message('5.000001'), own] });
    state = happen(state, { type: 'message-deleted', channel: 'C1', ts: '5.000001' });
    expect(state.messages.C1).toEqual([own]);
  });
});

describe('modals', () => {
  it('are stacked, updated in place and closed, for their person', () => {
    let state = openPage();
    state = happen(state, { type: 'view-opened', personId: 'URITA', view: view('V1') });
    state = happen(state, { type: 'view-opened', personId: 'URITA', view: view('V2') });
    state = happen(state, { type: 'view-updated', personId: 'URITA', view: view('V1', 'B') });
    expect(state.views.URITA?.map(({ id, title }) => `${id} ${title}`)).toEqual(['V1 B', 'V2 A']);
    state = happen(state, { type: 'view-closed', personId: 'URITA', view: view('V2') });
    expect(state.views.URITA?.map(({ id }) => id)).toEqual(['V1']);
    expect(state.views.UEMIL).toBeUndefined();
  });
});

describe('acting as someone else', () => {
  it('stays in a channel', () => {
    expect(reduce(openPage(), { type: 'act-as', personId: 'UEMIL' }).place).toEqual({
      kind: 'channel',
      id: 'C1',
    });
  });

  it('does not leave one in the direct messages of another', () => {
    const before = openPage({ place: { kind: 'channel', id: 'D1' }, thread: { channel: 'D1', ts: '1' } });
    const state = reduce(before, { type: 'act-as', personId: 'UEMIL' });
    expect(state.place).toEqual({ kind: 'channel', id: 'C1' });
    expect(state.thread).toBeNull();
  });
});

describe('the drawer of a narrow page', () => {
  it('closes when a person or a channel was chosen in it', () => {
    const open = reduce(openPage(), { type: 'sidebar', open: true });
    expect(reduce(open, { type: 'act-as', personId: 'UEMIL' }).sidebarOpen).toBe(false);
    expect(reduce(open, { type: 'go', place: { kind: 'home' } }).sidebarOpen).toBe(false);
  });
});

describe('the side panel', () => {
  it('shows a thread or the world, not both', () => {
    const withWorld = reduce(openPage({ thread: { channel: 'C1', ts: '1' } }), { type: 'world', open: true });
    expect(withWorld.thread).toBeNull();
    expect(reduce(withWorld, { type: 'thread', thread: { channel: 'C1', ts: '1' } }).worldOpen).toBe(false);
  });
});

describe('the rest', () => {
  it('follows the app’s connection and new direct messages', () => {
    let state = happen(openPage(), { type: 'app-connection', connected: true });
    const channel = { id: 'D2', name: 'tminus', topic: '', kind: 'direct', personId: 'UEMIL' } as const;
    state = happen(happen(state, { type: 'channel', channel }), { type: 'channel', channel });
    expect(state.workspace?.bot.connected).toBe(true);
    expect(state.workspace?.channels.filter(({ id }) => id === 'D2')).toHaveLength(1);
  });

  it('marks a hint once, and leaves the state alone the second time', () => {
    const state = reduce(openPage(), { type: 'hint-done', hint: 'jump' });
    expect(state.hintsDone).toEqual(['jump']);
    expect(reduce(state, { type: 'hint-done', hint: 'jump' })).toBe(state);
  });

  it('lets an event that it does not know pass', () => {
    const state = openPage();
    // As it comes over the wire from a newer server; no type of this page has it.
    const unknown: WorkspaceEvent = JSON.parse('{ "type": "something-new" }');
    expect(happen(state, unknown)).toBe(state);
  });
});

describe('the other platform', () => {
  const teams = {
    ...workspace,
    people: workspace.people.map((person) => ({ ...person, id: `aad-${person.name}` })),
    channels: [
      { id: '19:a', name: 'general', topic: '', kind: 'channel' as const },
      { id: '19:b', name: 'engineering', topic: '', kind: 'channel' as const },
      { id: 'a:1', name: 'tminus', topic: '', kind: 'direct' as const, personId: 'aad-rita' },
      { id: 'a:2', name: 'tminus', topic: '', kind: 'direct' as const, personId: 'aad-emil' },
    ],
  };
  const inSlack = (place: PageState['place']) => openPage({ actor: 'UEMIL', handle: 'emil', place });
  const cross = (state: PageState) => read(state, { platform: 'teams', workspace: teams });

  it('has the same person, and the same channel', () => {
    const state = cross(inSlack({ kind: 'channel', id: 'C2' }));
    expect(state).toMatchObject({ platform: 'teams', actor: 'aad-emil', place: { id: '19:b' } });
  });

  it.each([
    ['the home', { kind: 'home' } as const],
    ['the direct messages', { kind: 'channel', id: 'D1' } as const],
  ])('has the chat with the app in place of %s', (_, place) => {
    expect(cross(inSlack(place)).place).toEqual({ kind: 'channel', id: 'a:2' });
  });

  it('has the first channel where there is none of that name', () => {
    expect(cross(inSlack({ kind: 'channel', id: 'C1' })).place).toEqual({ kind: 'channel', id: '19:a' });
  });

  it('does not take what was read on it for what is still to come', () => {
    const lastRead = { 'aad-emil/19:a': '900' };
    expect(read(openPage({ lastRead }), { clock: { ...clock, nowMs: 1_000 } }).lastRead).toEqual(lastRead);
  });

  it('keeps the cards of each reader apart', () => {
    const attachments = [{ contentType: 'card', content: { own: true } }];
    const state = reduce(openPage(), {
      type: 'own-cards',
      personId: 'aad-emil',
      messages: [message('900', { channel: '19:a', attachments })],
    });
    expect(state.ownCards).toEqual({ 'aad-emil/19:a/900': { edits: 0, attachments } });
  });
});
