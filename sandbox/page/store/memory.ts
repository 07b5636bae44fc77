/** What the browser remembers between visits: who is acted as, what was read, which hints are done. */
import type { PageState } from './state.ts';

const KEY = 'tminus-workspace';

type Remembered = Pick<
  PageState,
  'actor' | 'handle' | 'lastRead' | 'hintsDone' | 'hintsHidden' | 'tourStarted' | 'theme' | 'zone'
>;

/** What was kept; nothing when storage is blocked or holds something else. */
export function recall(): Partial<Remembered> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

let kept = '';

/** Keeps what is worth keeping, when it changed. */
export function remember({
  actor,
  handle,
  lastRead,
  hintsDone,
  hintsHidden,
  tourStarted,
  theme,
  zone,
}: PageState): void {
  const next = JSON.stringify({ actor, handle, lastRead, hintsDone, hintsHidden, tourStarted, theme, zone });
  if (next === kept) return;
  kept = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage is full or blocked: the page works without its memory.
  }
}
