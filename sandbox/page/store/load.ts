/** Reads that follow what a person looks at. */
import type { Message, Workspace } from '../../control-api.ts';
import { api } from '../api.ts';
import type { Platform } from '../platform.ts';
import { isOvertaken } from './outcome.ts';
import { chooseActor } from './reduce.ts';
import type { PageState, Snapshot } from './state.ts';
import { dispatch, getState } from './store.ts';

/** Reads all that the page shows at first, as `actor` sees it. */
export async function readSnapshot(platform: Platform): Promise<Snapshot & { actor: string }> {
  const [workspace, clock, faults, demo, bot, show] = await Promise.all([
    api.workspace(),
    api.clock(),
    api.faults(),
    api.demo(),
    api.bot(),
    api.show(),
  ]);
  const actor = chooseActor(workspace, getState());
  const whole = await withDirect(workspace, actor);
  const [lists, ownCards, ephemerals, { views }, replies] = await Promise.all([
    Promise.all(whole.channels.map(({ id }) => api.messages(id, viewer(platform, actor)))),
    readOwnCards(platform, whole, actor),
    readPrivate(platform, actor),
    api.views(actor),
    readThread(getState().thread, actor),
  ]);
  const messages = [...lists.flatMap((list) => list.messages), ...ephemerals, ...(replies ?? [])];
  const open = { views: { [actor]: views }, threadGone: replies === null };
  return { platform, actor, workspace: whole, clock, faults, demo, bot, show, messages, ownCards, ...open };
}

/** In Teams everybody's cards are read, and a person's own beside them: they are not for the next one acted as. */
const viewer = (platform: Platform, person: string) => (platform === 'teams' ? null : person);

async function readOwnCards(platform: Platform, { channels }: Workspace, person: string): Promise<Message[]> {
  if (platform === 'slack') return [];
  const theirs = channels.filter(({ personId }) => personId === undefined || personId === person);
  const lists = await Promise.all(theirs.map(({ id }) => api.messages(id, person)));
  return lists.flatMap(({ messages }) => messages);
}

/** What only this person sees. Teams has no such messages. */
async function readPrivate(platform: Platform, personId: string): Promise<Message[]> {
  return platform === 'slack' ? (await api.ephemerals(personId)).messages : [];
}

/** The workspace with a person's direct messages, made when they aren't there. */
async function withDirect(workspace: Workspace, personId: string): Promise<Workspace> {
  if (workspace.channels.some((channel) => channel.personId === personId)) return workspace;
  return { ...workspace, channels: [...workspace.channels, await api.direct(personId)] };
}

/** Null when the thread's message is no more. */
async function readThread(thread: PageState['thread'], person: string): Promise<Message[] | null> {
  if (!thread) return [];
  return api.thread(thread.channel, thread.ts, viewer(getState().platform, person)).then(
    ({ messages }) => messages,
    (error: unknown) => {
      if (isOvertaken(error)) return null;
      throw error;
    },
  );
}

/** What belongs to one person: direct messages, private messages, open modals, home. */
export async function refreshPerson(personId: string): Promise<void> {
  const known = getState().workspace?.channels.some((channel) => channel.personId === personId);
  const channel = known ? undefined : await api.direct(personId);
  if (channel) dispatch({ type: 'event', event: { type: 'channel', channel }, receivedAt: 0 });
  const { platform, workspace } = getState();
  const [messages, ownCards] = await Promise.all([
    readPrivate(platform, personId),
    workspace ? readOwnCards(platform, workspace, personId) : [],
    refreshViews(personId),
  ]);
  dispatch({ type: 'messages', messages });
  dispatch({ type: 'own-cards', personId, messages: ownCards });
  if (getState().place.kind === 'home') await refreshHome(personId);
}

/** What the bot will do next; nothing where the workspace doesn't know. */
export async function refreshAgenda(): Promise<void> {
  dispatch({ type: 'agenda', items: (await api.agenda())?.items ?? [] });
}

export async function refreshViews(personId: string): Promise<void> {
  const { views } = await api.views(personId);
  dispatch({ type: 'views', personId, views });
}

/** Opens the home tab: the app is told, and makes it. */
export async function showHome(personId: string): Promise<void> {
  await Promise.all([api.sendOpenHome({ person: personId }), refreshHome(personId)]);
  await refreshHome(personId);
}

export async function refreshHome(personId: string): Promise<void> {
  const home = await api.home(personId);
  dispatch({ type: 'home', personId, view: home.view });
}

export async function refreshThread(channel: string, ts: string): Promise<void> {
  const { platform, actor } = getState();
  const { messages } = await api.thread(channel, ts, viewer(platform, actor));
  dispatch({ type: 'messages', messages });
  if (platform === 'teams') await refreshOwnCards({ channel, threadTs: ts });
}

/** Reads the messages of a channel or of a thread with the cards that the person sees. */
export async function refreshOwnCards({
  channel,
  threadTs,
}: Pick<Message, 'channel' | 'threadTs'>): Promise<void> {
  const { actor } = getState();
  const list = await (threadTs ? api.thread(channel, threadTs, actor) : api.messages(channel, actor));
  dispatch({ type: 'own-cards', personId: actor, messages: list.messages });
}
