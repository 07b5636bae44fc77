/** Keeps the page live: reads everything, then follows the event stream, and again after a break. */
import type { Message, WorkspaceEvent } from '../../control-api.ts';
import { turnTo } from '../api.ts';
import { nameInAddress, type Platform } from '../platform.ts';
import { followShow } from './follow-show.ts';
import {
  readSnapshot,
  refreshAgenda,
  refreshHome,
  refreshOwnCards,
  refreshPerson,
  showHome,
} from './load.ts';
import { followLink } from './look-at.ts';
import { read } from './run.ts';
import { dispatch, getState } from './store.ts';
import { openStreams } from './streams.ts';

const RETRY_MS = 1500;

/** The address leads somewhere when the page is opened, not after each reconnection. */
let first = true;

interface Received {
  event: WorkspaceEvent;
  receivedAt: number;
}

/** Leaves the platform that is shown. */
let leave: () => void = () => undefined;

/** Shows the other platform as soon as it is read: the same person, and the same channel. */
export function switchTo(platform: Platform): void {
  leave();
  nameInAddress(platform);
  dispatch({ type: 'thread', thread: null });
  dispatch({ type: 'profile', personId: null });
  goLive(platform);
}

/** Connects to a platform, until the page leaves it. */
export function goLive(platform: Platform): void {
  turnTo(platform);
  let over = false;
  // What comes while everything is being read is newer than what was read.
  let early: Received[] | null = [];
  // The browser gives up on some errors, so the page reconnects by itself on all.
  const tryAgain = () => {
    if (over) return;
    leave();
    dispatch({ type: 'lost', at: performance.now() });
    const retry = setTimeout(() => goLive(platform), RETRY_MS);
    leave = () => clearTimeout(retry);
  };
  const open = async () => {
    const { actor, ...snapshot } = await readSnapshot(platform);
    if (over) return;
    dispatch({ type: 'snapshot', snapshot, receivedAt: performance.now() });
    early?.forEach(receive);
    early = null;
    dispatch({ type: 'live' });
    lookAround(actor);
    if (first) followLink();
    first = false;
  };
  const close = openStreams(platform, {
    onOpen: () => void open().catch(tryAgain),
    onLost: tryAgain,
    onEvent: (event) => {
      const received = { event, receivedAt: performance.now() };
      if (early) early.push(received);
      else receive(received);
    },
  });
  leave = () => {
    over = true;
    close();
  };
}

function receive({ event, receivedAt }: Received): void {
  if (event.type === 'show') followShow(event.show);
  const nextDue = getState().clock?.told.nextDueMs;
  if (event.type === 'clock' && event.clock.nextDueMs !== nextDue) read(refreshAgenda());
  // Not edited, yet changed: what somebody alone sees of it did.
  if (event.type === 'message-changed' && holds(event.message)) read(refreshOwnCards(event.message));
  dispatch({ type: 'event', event, receivedAt });
  const { actor, place } = getState();
  if (event.type === 'home' && event.personId === actor && place.kind === 'home') read(refreshHome(actor));
}

/** Whether the page has a message of Teams as it is since its last edit. */
function holds({ channel, ts, edits }: Message): boolean {
  const { platform, messages } = getState();
  return (
    platform === 'teams' && messages[channel]?.some((each) => each.ts === ts && each.edits === edits) === true
  );
}

/** Reads what else is looked at; `readFor`: whom everything was read for. */
function lookAround(readFor: string): void {
  const { actor, place } = getState();
  read(refreshAgenda());
  if (actor !== readFor) read(refreshPerson(actor));
  if (place.kind === 'home') read(showHome(actor));
}
