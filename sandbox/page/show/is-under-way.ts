import type { ShowState } from '../../control-api.ts';

/** Whether a show is being played, or waits in the middle. */
export function isUnderWay(show: ShowState | null): boolean {
  return show?.state === 'playing' || show?.state === 'paused';
}
