import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { dispatch } from '../store/store.ts';

/**
 * The sidebar where it is a drawer: it takes the focus when it opens, gives it back when it closes, and closes
 * by Escape and when the focus goes elsewhere.
 */
export function useDrawer(open: boolean) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!open) return;
    const opener = document.activeElement;
    ref.current?.querySelector<HTMLElement>('button')?.focus();
    return () => {
      const inside = ref.current?.contains(document.activeElement);
      if (inside && opener instanceof HTMLElement) opener.focus();
    };
  }, [open]);
  const close = () => dispatch({ type: 'sidebar', open: false });
  const onKeyDown = ({ key, defaultPrevented }: KeyboardEvent) => {
    if (open && key === 'Escape' && !defaultPrevented) close();
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    const stays = !relatedTarget || ref.current?.contains(relatedTarget);
    // The menu's own button and the backdrop close it themselves.
    const closes = relatedTarget?.matches('.menu, .backdrop');
    if (open && !stays && !closes) close();
  };
  return { ref, onKeyDown, onBlur };
}
