/** Reads that follow what a person looks at. */
import { api } from '../api.ts';
import { dispatch, getState } from './store.ts';

/** What belongs to one person: direct messages, private messages, open modals, home. */
export async function refreshPerson(personId: string): Promise<void> {
  const known = getState().workspace?.channels.some((channel) => channel.personId === personId);
  const channel = known ? undefined : await api.direct(personId);
  if (channel) dispatch({ type: 'event', event: { type: 'channel', channel }, receivedAt: 0 });
  const [ephemerals, open] = await Promise.all([api.ephemerals(personId), api.views(personId)]);
  dispatch({ type: 'messages', messages: ephemerals.messages });
  dispatch({ type: 'views', personId, views: open.views });
  if (getState().place.kind === 'home') await refreshHome(personId);
}

export async function refreshHome(personId: string): Promise<void> {
  const home = await api.home(personId);
  dispatch({ type: 'home', personId, view: home.view });
}

export async function refreshThread(channel: string, ts: string): Promise<void> {
  const { messages } = await api.thread(channel, ts, getState().actor);
  dispatch({ type: 'messages', messages });
}
