import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** How near the end counts as at the end, in pixels. */
const NEAR = 80;

/**
 * Keeps a scrolling list at its end while the reader is there, and leaves it alone while they read further
 * up. `behind`: the end is out of sight. The list starts at its end, and goes there with each new `own`: the reader's
 * newest message, or what was answered to them alone.
 */
export function useStickToBottom(contents: unknown, own: string | undefined) {
  const ref = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);

  const toEnd = useCallback(() => {
    const list = ref.current;
    if (list) list.scrollTop = list.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const list = ref.current;
    if (!list) return;
    atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    setBehind(!atEnd.current);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because the contents changed
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else onScroll();
  }, [contents, toEnd, onScroll]);

  const ownBefore = useRef(own);
  useLayoutEffect(() => {
    if (own !== ownBefore.current) toEnd();
    ownBefore.current = own;
  }, [own, toEnd]);

  // A banner above it or a growing composer below it takes room away.
  useEffect(() => {
    const list = ref.current;
    if (!list) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [toEnd]);

  return { ref, onScroll, behind, toEnd };
}
