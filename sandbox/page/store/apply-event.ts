import type { DemoState, Message, OpenView, WorkspaceEvent } from '../../control-api.ts';
import { isReaderOf } from '../teams/cards/is-reader-of.ts';
import { type HintId, hintOfChange, isApproval } from '../tour/hints.ts';
import { mergeMessages, messageKey } from './messages.ts';
import type { PageState } from './state.ts';

type Workspace = NonNullable<PageState['workspace']>;

/** The page's state after something happened in the workspace. `receivedAt` is `performance.now()`. */
export function applyEvent(state: PageState, event: WorkspaceEvent, receivedAt: number): PageState {
  switch (event.type) {
    case 'message':
      return withApproval(withMessages(state, [event.message]), event.message);
    case 'message-changed':
      return withVote(withMessages(state, [event.message]), event.message);
    case 'message-deleted':
      return withoutMessage(state, event);
    case 'reactions':
      return withReactions(state, event);
    case 'channel':
      return withWorkspace(state, (workspace) => ({
        channels: [...workspace.channels.filter(({ id }) => id !== event.channel.id), event.channel],
      }));
    case 'view-opened':
    case 'view-updated':
      return withViews(state, event.personId, (views) => upsertView(views, event.view));
    case 'view-closed':
      return withViews(state, event.personId, (views) => views.filter(({ id }) => id !== event.view.id));
    case 'clock':
      return { ...state, clock: { told: event.clock, receivedAt } };
    case 'faults':
      return { ...state, faults: event.faults };
    case 'demo':
      return withDemo(state, event.demo);
    case 'show':
      return { ...state, show: event.show };
    case 'bot':
      return { ...state, bot: event.bot };
    case 'app-connection':
      return withWorkspace(state, ({ bot }) => ({ bot: { ...bot, connected: event.connected } }));
    default:
      // `home` is read by whoever looks at it; what a newer workspace may add is not for this page.
      return state;
  }
}

function withDemo(state: PageState, demo: DemoState): PageState {
  const hint = state.demo ? hintOfChange(state.demo, demo) : undefined;
  return withHint({ ...state, demo }, hint);
}

function withHint(state: PageState, hint: HintId | undefined): PageState {
  if (hint === undefined || state.hintsDone.includes(hint)) return state;
  return { ...state, hintsDone: [...state.hintsDone, hint] };
}

function withApproval(state: PageState, message: Message): PageState {
  const isNews = message.user === state.workspace?.bot.userId && message.onlyFor === undefined;
  return isNews && isApproval(message) ? withHint(state, 'decide') : state;
}

/**
 * A vote counts once the voter's ballot shows it, or the card that names them as a reader: a refused click changes
 * neither.
 */
function withVote(state: PageState, message: Message): PageState {
  const { workspace, voting } = state;
  const direct = workspace?.channels.find(({ id }) => id === message.channel);
  const voter = workspace?.people.find(({ id }) => id === voting);
  const isTheirs = direct?.personId === voting || (voter && message.edits > 0 && isReaderOf(message, voter));
  if (voting === null || !isTheirs) return state;
  return withHint({ ...state, voting: null }, 'vote');
}

function withWorkspace(state: PageState, change: (workspace: Workspace) => Partial<Workspace>): PageState {
  return state.workspace
    ? { ...state, workspace: { ...state.workspace, ...change(state.workspace) } }
    : state;
}

/** The state with messages added or replaced, each in its channel. */
export function withMessages(state: PageState, incoming: Message[]): PageState {
  const messages = { ...state.messages };
  for (const channel of new Set(incoming.map((message) => message.channel))) {
    const arrived = incoming.filter((message) => message.channel === channel);
    messages[channel] = mergeMessages(messages[channel] ?? [], arrived);
  }
  return { ...state, messages };
}

function withReactions(
  state: PageState,
  { channel, ts, reactions }: Extract<WorkspaceEvent, { type: 'reactions' }>,
): PageState {
  const known = state.messages[channel]?.find((message) => message.ts === ts && !message.onlyFor);
  return known ? withMessages(state, [{ ...known, reactions }]) : state;
}

function withoutMessage(
  state: PageState,
  gone: { channel: string; ts: string; onlyFor?: string },
): PageState {
  const key = messageKey(gone);
  const left = (state.messages[gone.channel] ?? []).filter((message) => messageKey(message) !== key);
  return { ...state, messages: { ...state.messages, [gone.channel]: left } };
}

function withViews(state: PageState, personId: string, change: (views: OpenView[]) => OpenView[]): PageState {
  return { ...state, views: { ...state.views, [personId]: change(state.views[personId] ?? []) } };
}

function upsertView(views: OpenView[], view: OpenView): OpenView[] {
  const known = views.some(({ id }) => id === view.id);
  return known ? views.map((open) => (open.id === view.id ? view : open)) : [...views, view];
}
