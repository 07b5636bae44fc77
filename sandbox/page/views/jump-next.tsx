import { useState } from 'react';
import type { ClockState } from '../../control-api.ts';
import { api } from '../api.ts';
import { useNow } from '../store/clock.ts';
import { change } from '../store/run.ts';
import { dispatch } from '../store/store.ts';
import { shortDay, spanUntil, timeWithSeconds } from '../text/instants.ts';
import { Icon } from './icon.tsx';

/** Moves the clock to the next thing that the bot has to do. */
export function JumpNext({ clock, zone }: { clock: ClockState | undefined; zone: string }) {
  const now = useNow(1000);
  const [pending, setPending] = useState(false);
  const due = clock?.nextDueMs ?? null;
  const jump = async () => {
    if (pending || due === null) return;
    setPending(true);
    await api.jumpClock({ to: 'next' }).finally(() => setPending(false));
    dispatch({ type: 'hint-done', hint: 'jump' });
  };
  const title = due === null ? 'Nothing is due' : `${shortDay(due, zone)} ${timeWithSeconds(due, zone)}`;
  return (
    <button
      type="button"
      className="jump"
      data-testid="jump-next"
      title={title}
      aria-disabled={pending || due === null}
      onClick={() => change(jump)}
    >
      <span className="jump-title">
        <Icon name="next" size={13} /> Jump to next
      </span>
      <small>{due === null ? 'nothing is due' : spanUntil(due - now)}</small>
    </button>
  );
}
