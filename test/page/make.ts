import { type ClockState, type Message, noFaultFired, type Workspace } from '../../sandbox/control-api.ts';
import { initialState, type PageState, type Snapshot } from '../../sandbox/page/store/state.ts';

/** A small workspace: two people, two channels, Rita's direct messages. */
export const workspace: Workspace = {
  team: { id: 'T1', name: 'Example' },
  people: [
    {
      id: 'URITA',
      name: 'rita',
      realName: 'Rita Moreno',
      title: 'Release manager',
      email: 'r@x',
      color: '#111111',
    },
    {
      id: 'UEMIL',
      name: 'emil',
      realName: 'Emil Novak',
      title: 'Engineering',
      email: 'e@x',
      color: '#222222',
    },
  ],
  channels: [
    { id: 'C1', name: 'release-deployment', topic: '', kind: 'channel' },
    { id: 'C2', name: 'engineering', topic: '', kind: 'channel' },
    { id: 'D1', name: 'tminus', topic: '', kind: 'direct', personId: 'URITA' },
  ],
  bot: { userId: 'UBOT', botId: 'B1', name: 'tminus', connected: false },
  commands: [],
  shortcuts: [],
};

export const clock: ClockState = { nowMs: 1_000, wallMs: 0, rate: 60, paused: false, nextDueMs: null };

/** What is read of that workspace, with nothing in it unless `over` says so. */
export function snapshot(over: Partial<Snapshot> = {}): Snapshot {
  const faults = { active: [], fired: noFaultFired };
  const nothing = {
    demo: null,
    bot: null,
    show: null,
    messages: [],
    ownCards: [],
    views: {},
    threadGone: false,
  };
  return { platform: 'slack', workspace, clock, faults, ...nothing, ...over };
}

export function message(ts: string, over: Partial<Message> = {}): Message {
  const at = new Date(Number(ts.split('.')[0]) * 1000).toISOString();
  return { ts, channel: 'C1', user: 'UBOT', text: ts, replyCount: 0, edits: 0, at, notifies: [], ...over };
}

/** The page with the workspace open, acting as Rita in the first channel. */
export function openPage(over: Partial<PageState> = {}): PageState {
  return { ...initialState, workspace, actor: 'URITA', place: { kind: 'channel', id: 'C1' }, ...over };
}
