/** The browser's Back and Forward lead through the places that were looked at, as whom they were looked at. */
import { type Platform, platformInAddress } from '../platform.ts';
import { isUnderWay } from '../show/is-under-way.ts';
import { actAs, goTo } from './actions.ts';
import { switchTo } from './live.ts';
import { hashOf } from './look-at.ts';
import type { PageState, Place } from './state.ts';
import { getState, subscribe } from './store.ts';

interface Visit {
  platform: Platform;
  actor: string;
  place: Place;
}

let shown = '';

/** Keeps each place from now on, and goes back to it. */
export function keepHistory(): void {
  subscribe(noteVisit);
  window.addEventListener('popstate', ({ state }: PopStateEvent) => {
    if (isVisit(state)) comeBack(state);
  });
}

function noteVisit(): void {
  const { workspace, platform, actor, place, show } = getState();
  if (!workspace || platform !== platformInAddress()) return;
  const visit: Visit = { platform, actor, place };
  const now = JSON.stringify(visit);
  if (now === shown) return;
  const isFirst = shown === '' || !isVisit(history.state);
  shown = now;
  const address = `${location.pathname}${location.search}${place.kind === 'home' ? '#' : hashOf(place.id)}`;
  // A link that the page was opened with has yet to be followed.
  if (isFirst) history.replaceState(visit, '', location.hash ? location.href : address);
  // Where the show goes is no step of the reader's own.
  else if (isUnderWay(show)) history.replaceState(visit, '', address);
  else history.pushState(visit, '', address);
}

function comeBack(visit: Visit): void {
  const { platform, actor, workspace } = getState();
  if (visit.platform !== platform) {
    // Its ids are the other platform's: it goes to the same person and channel there.
    history.replaceState(null, '', location.href);
    switchTo(visit.platform);
    return;
  }
  // A workspace that began anew has other places.
  if (!isKnown(visit, workspace)) return;
  shown = JSON.stringify(visit);
  if (visit.actor !== actor) actAs(visit.actor);
  goTo(visit.place);
}

function isKnown({ actor, place }: Visit, workspace: PageState['workspace']): boolean {
  const isThere = place.kind === 'home' || workspace?.channels.some(({ id }) => id === place.id) === true;
  return isThere && workspace?.people.some(({ id }) => id === actor) === true;
}

function isVisit(state: unknown): state is Visit {
  return typeof state === 'object' && state !== null && 'place' in state && 'actor' in state;
}
