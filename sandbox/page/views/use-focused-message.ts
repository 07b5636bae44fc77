import { type RefObject, useEffect, useRef } from 'react';

/** Scrolls to a message once, as soon as it is there, and marks it for a moment. */
export function useFocusedMessage(
  list: RefObject<HTMLDivElement | null>,
  ts: string | undefined,
  contents: unknown,
): void {
  const shown = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the message may only come with the contents
  useEffect(() => {
    if (ts === undefined) shown.current = undefined;
    if (ts === shown.current) return;
    const found = ts && list.current?.querySelector<HTMLElement>(`[data-ts="${CSS.escape(ts)}"]`);
    if (!found || !list.current) return;
    shown.current = ts;
    const fits = found.offsetHeight < list.current.clientHeight;
    found.scrollIntoView({ block: fits ? 'center' : 'start' });
    found.classList.remove('focused');
    requestAnimationFrame(() => found.classList.add('focused'));
  }, [list, ts, contents]);
}
