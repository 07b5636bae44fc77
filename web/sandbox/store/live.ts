/** Keeps the page live: reads everything, then follows the event stream, and again after a break. */
import type { WorkspaceEvent } from '../../../src/sandbox/control-api.ts';
import { api } from '../api.ts';
import { refreshHome, refreshPerson, refreshThread } from './load.ts';
import { dispatch, getState } from './store.ts';

const RETRY_MS = 1500;

/** Connects, for as long as the page is open. */
export function goLive(): void {
  const stream = new EventSource('/sandbox/events');
  stream.onopen = () => {
    loadAll().catch(() => retry(stream));
  };
  stream.onmessage = ({ data }: MessageEvent<string>) => receive(JSON.parse(data) as WorkspaceEvent);
  stream.onerror = () => retry(stream);
}

/** The browser gives up on some errors, so the page reconnects by itself on all. */
function retry(stream: EventSource): void {
  if (stream.readyState === EventSource.CLOSED && getState().connection === 'lost') return;
  stream.close();
  dispatch({ type: 'connection', connection: 'lost' });
  setTimeout(goLive, RETRY_MS);
}

function receive(event: WorkspaceEvent): void {
  dispatch({ type: 'event', event, receivedAt: performance.now() });
  const { actor, place } = getState();
  if (event.type === 'home' && event.personId === actor && place.kind === 'home') void refreshHome(actor);
}

/** Reads the workspace and every channel. What arrives meanwhile by the stream is merged, not lost. */
async function loadAll(): Promise<void> {
  const [workspace, clock, faults, demo, bot] = await Promise.all([
    api.workspace(),
    api.clock(),
    api.faults(),
    api.demo(),
    api.bot(),
  ]);
  const snapshot = { workspace, clock, faults, demo, bot };
  dispatch({ type: 'snapshot', snapshot, receivedAt: performance.now() });
  const { actor } = getState();
  const lists = await Promise.all(workspace.channels.map(({ id }) => api.messages(id, actor)));
  dispatch({ type: 'messages', messages: lists.flatMap(({ messages }) => messages) });
  await refreshPerson(actor);
  const { thread } = getState();
  if (thread) await refreshThread(thread.channel, thread.ts);
  dispatch({ type: 'connection', connection: 'live' });
}
