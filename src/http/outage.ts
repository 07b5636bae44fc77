import type { Clock } from '../lib/clock.ts';

/** Remembers since when a connection is away. */
export interface Outage {
  /** Says whether the connection is up now. */
  note(isUp: boolean): void;
  /** Epoch ms of the machine's clock; null while it is up, and while nothing is known of it. */
  since(): number | null;
}

export function createOutage(clock: Pick<Clock, 'wall'>): Outage {
  let since: number | null = null;
  return {
    note: (isUp) => {
      since = isUp ? null : (since ?? clock.wall());
    },
    since: () => since,
  };
}
