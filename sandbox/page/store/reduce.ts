import type { Channel, Message, Workspace } from '../../control-api.ts';
import { applyEvent, withMessages } from './apply-event.ts';
import { instantOf, ownCardKey } from './messages.ts';
import { NOT_SENT } from './outcome.ts';
import type { Notice, PageAction, PageState, Snapshot } from './state.ts';
import { readKey } from './unread.ts';

/** There is one panel at the side at a time. */
const noPanel = { worldOpen: false, searchOpen: false, thread: null };

/** The page's state after an action. Pure: unknown actors and channels are left as they are. */
export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'snapshot':
      return applySnapshot(state, action.snapshot, action.receivedAt);
    case 'event':
      return applyEvent(state, action.event, action.receivedAt);
    case 'live':
      return { ...state, connection: 'live', notices: state.notices.filter(({ text }) => text !== NOT_SENT) };
    case 'lost':
      return lose(state, action.at);
    case 'messages':
      return withMessages(state, action.messages);
    case 'own-cards':
      return withOwnCards(state, action.personId, action.messages);
    case 'views':
      return { ...state, views: { ...state.views, [action.personId]: action.views } };
    case 'home':
      return { ...state, homes: { ...state.homes, [action.personId]: action.view } };
    case 'act-as':
      return actAs(state, action.personId);
    case 'go':
      return { ...state, place: action.place, thread: null, focus: null, sidebarOpen: false };
    case 'thread':
      return action.thread ? { ...state, ...noPanel, thread: action.thread } : { ...state, thread: null };
    case 'world':
      return action.open ? { ...state, ...noPanel, worldOpen: true } : { ...state, worldOpen: false };
    case 'search':
      return action.open ? { ...state, ...noPanel, searchOpen: true } : { ...state, searchOpen: false };
    case 'profile':
      return { ...state, profile: action.personId };
    case 'sidebar':
      return { ...state, sidebarOpen: action.open };
    case 'zone':
      return { ...state, zone: action.zone };
    case 'theme':
      return { ...state, theme: action.theme };
    case 'read':
      return markRead(state, action.channel, action.ts);
    case 'notice':
      return { ...state, notices: addNotice(state.notices, action.notice) };
    case 'notice-dismissed':
      return { ...state, notices: state.notices.filter(({ id }) => id !== action.id) };
    case 'hint-done':
      if (state.hintsDone.includes(action.hint)) return state;
      return { ...state, hintsDone: [...state.hintsDone, action.hint] };
    case 'hints-hidden':
      return { ...state, hintsHidden: action.hidden };
    case 'agenda':
      return { ...state, agenda: action.items };
    case 'hints-reset':
      return { ...state, hintsDone: [], hintsHidden: false };
    case 'tour-started':
      return { ...state, tourStarted: true, hintsHidden: false };
    case 'voting':
      return { ...state, voting: action.person };
    case 'show':
      return { ...state, show: action.show };
    case 'starting-over':
      return { ...state, ...beginning(state), startingOver: true };
    case 'ask-start-over':
      return { ...state, askingStartOver: action.how };
    case 'focus':
      return { ...state, focus: action.focus };
    case 'draft':
      return { ...state, drafts: { ...state.drafts, [action.key]: action.text } };
  }
}

function applySnapshot(state: PageState, snapshot: Snapshot, receivedAt: number): PageState {
  const { platform, workspace, clock, faults, demo, bot, show, messages, views } = snapshot;
  const actor = chooseActor(workspace, state);
  // Teams has no home of the app.
  const stays = state.workspace !== null && state.place.kind === 'home' && platform === 'slack';
  const channel = findPlace(state, snapshot, actor);
  const place = stays || !channel ? state.place : ({ kind: 'channel', id: channel.id } as const);
  const memory = remembersOther(state, clock.nowMs) ? { lastRead: {}, hintsDone: [] } : {};
  const thread = snapshot.threadGone ? null : state.thread;
  const read = {
    platform,
    workspace,
    actor,
    handle: handleOf(workspace, actor),
    place,
    thread,
    clock: { told: clock, receivedAt },
    faults,
    demo,
    bot,
    show,
    startingOver: false,
    views,
  };
  // A workspace that began anew must not show what the old one said.
  const fresh = withMessages({ ...state, ...memory, ...read, messages: {}, ownCards: {} }, messages);
  return withOwnCards(fresh, actor, snapshot.ownCards);
}

/** Whom one acts as in this workspace: the same person as before, if there is one, also from the other platform. */
export function chooseActor({ people }: Workspace, before: Pick<PageState, 'actor' | 'handle'>): string {
  const same = people.find(({ id }) => id === before.actor);
  const person = same ?? people.find(({ name }) => name === before.handle) ?? people[0];
  return person?.id ?? '';
}

/** The channel that was open, or the one that is the same on this platform, or the first. */
function findPlace(state: PageState, { workspace }: Snapshot, actor: string): Channel | undefined {
  const { channels } = workspace;
  const { place } = state;
  const before = place.kind === 'channel' ? place.id : undefined;
  const same = channels.find(({ id }) => id === before);
  if (same) return same;
  const left = state.workspace?.channels.find(({ id }) => id === before);
  const named = channels.find((channel) =>
    left?.kind === 'direct' || (state.workspace && place.kind === 'home')
      ? channel.personId === actor
      : channel.kind === 'channel' && channel.name === left?.name,
  );
  return named ?? channels.find(({ kind }) => kind === 'channel');
}

/** Whoever was acted as last, and wherever that was, the story begins with the first person in the first channel. */
function beginning({ workspace, actor, handle, place }: PageState) {
  const person = workspace?.people[0];
  const first = workspace?.channels.find(({ kind }) => kind === 'channel');
  return {
    actor: person?.id ?? actor,
    handle: person?.name ?? handle,
    place: first ? ({ kind: 'channel', id: first.id } as const) : place,
    thread: null,
  };
}

function handleOf({ people }: Workspace, personId: string): string {
  return people.find(({ id }) => id === personId)?.name ?? '';
}

function withOwnCards(state: PageState, personId: string, messages: Message[]): PageState {
  const own = messages.map((message) => {
    const { edits, attachments = [] } = message;
    return [ownCardKey(personId, message), { edits, attachments }] as const;
  });
  return { ...state, ownCards: { ...state.ownCards, ...Object.fromEntries(own) } };
}

/** Whether something was read that is still to come: the workspace began anew, for its clock goes forward only. */
function remembersOther({ lastRead }: PageState, nowMs: number): boolean {
  return Object.values(lastRead).some((ts) => instantOf(ts) > nowMs + 1000);
}

/** The clock stands from the first moment without a connection, however often it is tried again. */
function lose(state: PageState, at: number): PageState {
  const clock = state.clock && { ...state.clock, lostAt: state.clock.lostAt ?? at };
  return { ...state, connection: 'lost', clock };
}

/** The newest four, each text once. */
function addNotice(notices: Notice[], notice: Notice): Notice[] {
  return [...notices.filter(({ text }) => text !== notice.text).slice(-3), notice];
}

/** The other person has direct messages of their own: someone who looked at theirs looks at theirs again. */
function actAs(state: PageState, personId: string): PageState {
  const { workspace, place } = state;
  const wasDirect = workspace?.channels.some(
    ({ id, kind }) => place.kind === 'channel' && id === place.id && kind === 'direct',
  );
  const direct = workspace?.channels.find((channel) => channel.personId === personId);
  const first = workspace?.channels.find(({ kind }) => kind === 'channel');
  const target = direct ?? first;
  const next = wasDirect && target ? ({ kind: 'channel', id: target.id } as const) : place;
  return {
    ...state,
    actor: personId,
    handle: workspace ? handleOf(workspace, personId) : state.handle,
    focus: null,
    place: next,
    thread: wasDirect ? null : state.thread,
    sidebarOpen: false,
  };
}

function markRead(state: PageState, channel: string, ts: string): PageState {
  const key = readKey(state.actor, channel);
  if ((state.lastRead[key] ?? '') === ts) return state;
  return { ...state, lastRead: { ...state.lastRead, [key]: ts } };
}
