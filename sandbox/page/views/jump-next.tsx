import { useState } from 'react';
import type { ClockState, DueItem } from '../../control-api.ts';
import { useNow } from '../store/clock.ts';
import { change } from '../store/run.ts';
import { jumpToNext } from '../store/tour-actions.ts';
import { shortDay, spanUntil, timeWithSeconds } from '../text/instants.ts';
import { Icon } from './icon.tsx';

interface Props {
  clock: ClockState | undefined;
  zone: string;
  /** What is due then, where that is known. */
  next: DueItem | undefined;
}

/** Moves the clock to the next thing that the bot has to do. */
export function JumpNext({ clock, zone, next }: Props) {
  const now = useNow(1000);
  const [pending, setPending] = useState(false);
  const due = clock?.nextDueMs ?? null;
  const jump = async () => {
    if (pending || due === null) return;
    setPending(true);
    await jumpToNext().finally(() => setPending(false));
  };
  const title = due === null ? 'Nothing is due' : `${shortDay(due, zone)} ${timeWithSeconds(due, zone)}`;
  const named = next?.atMs === due ? next?.title : undefined;
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
      <small>{due === null ? 'nothing is due' : `${spanUntil(due - now)}${named ? `: ${named}` : ''}`}</small>
    </button>
  );
}
