/** What a person does about the show, and with the workspace as a whole. */
import type { ShowChange, ShowState, StartOver } from '../../control-api.ts';
import { api } from '../api.ts';
import { nextHint } from '../tour/hints.ts';
import { change } from './run.ts';
import { dispatch, getState } from './store.ts';

/** Plays the release from its plan, on the platform that is shown: in this workspace while it can, else in a new one. */
export function watch(): void {
  const { platform, show } = getState();
  // A workspace that still starts is not to be started over: it plays it as soon as its release is there.
  if (show === null || canBePlayed.includes(show.state)) changeShow('play', platform);
  else startOver({ watch: true, platform });
}

const canBePlayed: ShowState['state'][] = ['starting', 'waiting', 'ready'];

export function changeShow(what: ShowChange['do'], platform?: ShowChange['platform']): void {
  const asked = { do: what, ...(platform ? { platform } : {}) };
  change(async () => dispatch({ type: 'show', show: await api.changeShow(asked) }));
}

/** Starts over; asks first where something would be lost that is not at its end. */
export function startOver(how: StartOver = {}): void {
  const { show, hintsDone } = getState();
  const isOver = show?.state === 'over' || show?.state === 'failed' || nextHint(hintsDone) === undefined;
  if (isOver) startOverNow(how);
  else dispatch({ type: 'ask-start-over', how });
}

/** Ends this workspace and begins a new one, which the page opens by itself. */
export function startOverNow(how: StartOver): void {
  change(async () => {
    await api.startOver(how);
    dispatch({ type: 'starting-over' });
    dispatch({ type: 'hints-reset' });
  });
}
