/** Keeps the page live: reads everything, then follows the event stream, and again after a break. */
import type { WorkspaceEvent } from '../../control-api.ts';
import { followShow } from './follow-show.ts';
import { readSnapshot, refreshAgenda, refreshHome, refreshPerson, showHome } from './load.ts';
import { followLink } from './look-at.ts';
import { read } from './run.ts';
import { dispatch, getState } from './store.ts';

const RETRY_MS = 1500;

/** The address leads somewhere when the page is opened, not after each reconnection. */
let first = true;

interface Received {
  event: WorkspaceEvent;
  receivedAt: number;
}

/** Connects, for as long as the page is open. */
export function goLive(): void {
  const stream = new EventSource('/sandbox/events');
  let over = false;
  // What comes while everything is being read is newer than what was read.
  let early: Received[] | null = [];
  // The browser gives up on some errors, so the page reconnects by itself on all.
  const tryAgain = () => {
    if (over) return;
    over = true;
    stream.close();
    dispatch({ type: 'lost', at: performance.now() });
    setTimeout(goLive, RETRY_MS);
  };
  const open = async () => {
    const { actor, ...snapshot } = await readSnapshot();
    if (over) return;
    dispatch({ type: 'snapshot', snapshot, receivedAt: performance.now() });
    early?.forEach(receive);
    early = null;
    dispatch({ type: 'live' });
    lookAround(actor);
    if (first) followLink();
    first = false;
  };
  stream.onerror = tryAgain;
  stream.onopen = () => {
    open().catch(tryAgain);
  };
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const received = { event: JSON.parse(data) as WorkspaceEvent, receivedAt: performance.now() };
    if (early) early.push(received);
    else receive(received);
  };
}

function receive({ event, receivedAt }: Received): void {
  if (event.type === 'show') followShow(event.show);
  const nextDue = getState().clock?.told.nextDueMs;
  if (event.type === 'clock' && event.clock.nextDueMs !== nextDue) read(refreshAgenda());
  dispatch({ type: 'event', event, receivedAt });
  const { actor, place } = getState();
  if (event.type === 'home' && event.personId === actor && place.kind === 'home') read(refreshHome(actor));
}

/** Reads what else is looked at; `readFor`: whom everything was read for. */
function lookAround(readFor: string): void {
  const { actor, place } = getState();
  read(refreshAgenda());
  if (actor !== readFor) read(refreshPerson(actor));
  if (place.kind === 'home') read(showHome(actor));
}
