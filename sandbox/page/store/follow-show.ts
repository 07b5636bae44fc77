/** The page goes where the show is, and looks at what it is about. */
import type { ShowState } from '../../control-api.ts';
import { isUnderWay } from '../show/is-under-way.ts';
import { refreshPerson } from './load.ts';
import { read } from './run.ts';
import { dispatch, getState } from './store.ts';

/** Follows the show from how it stood to `next`; a step that goes on moves nobody. */
export function followShow(next: ShowState): void {
  const before = getState().show;
  // Who looks at the other platform meanwhile stays where they are.
  if (!isUnderWay(next) || getState().platform !== next.platform) return;
  const moved = next.step !== before?.step || !isUnderWay(before);
  if (moved && next.at) goWhere(next.at);
  if (next.message && next.message.ts !== before?.message?.ts)
    dispatch({ type: 'focus', focus: next.message });
}

function goWhere({ person, channel }: NonNullable<ShowState['at']>): void {
  if (getState().actor !== person) {
    dispatch({ type: 'act-as', personId: person });
    read(refreshPerson(person));
  }
  dispatch({ type: 'go', place: { kind: 'channel', id: channel } });
}
