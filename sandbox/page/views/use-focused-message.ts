import { type RefObject, useEffect, useRef } from 'react';

/** For so long it stays in sight while further messages come, milliseconds. */
const STAYS_MS = 4_000;

export interface FocusedMessage {
  ts: string;
  /** Whether the keyboard goes on from it. */
  takesFocus?: boolean;
}

/** Scrolls to a message, as soon as it is there, and marks it for a moment. */
export function useFocusedMessage(
  list: RefObject<HTMLDivElement | null>,
  focus: FocusedMessage | undefined,
  contents: unknown,
): void {
  const { ts, takesFocus = false } = focus ?? {};
  const shown = useRef<string>(undefined);
  const shownAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the message may only come with the contents
  useEffect(() => {
    if (ts === undefined) shown.current = undefined;
    const isShown = ts === shown.current;
    const found = ts && list.current?.querySelector<HTMLElement>(`[data-ts="${CSS.escape(ts)}"]`);
    if (!found || !list.current) return;
    if (isShown) {
      // Its answer is a promise in newer browsers, and an effect must return nothing else than its clean-up.
      if (performance.now() - shownAt.current <= STAYS_MS) void found.scrollIntoView({ block: 'nearest' });
      // It may be another element by now, drawn anew before it was marked or since.
      if (found.dataset.focused === undefined) mark(found);
      return;
    }
    shown.current = ts;
    shownAt.current = performance.now();
    const fits = found.offsetHeight < list.current.clientHeight;
    found.scrollIntoView({ block: fits ? 'center' : 'start' });
    if (takesFocus) found.focus({ preventScroll: true });
    delete found.dataset.focused;
    mark(found);
  }, [list, focus, contents]);
}

/** Not by a class: those are React's to set anew when the message changes, as when its first reply comes. */
function mark(message: HTMLElement): void {
  requestAnimationFrame(() => {
    message.dataset.focused = '';
  });
}
