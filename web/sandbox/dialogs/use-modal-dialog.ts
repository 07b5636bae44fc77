import { useEffect, useRef } from 'react';

/**
 * Opens a `<dialog>` as a modal: the browser keeps the focus inside and gives it back afterwards. Escape
 * calls `onClose` instead of closing by itself, so that the page decides.
 */
export function useModalDialog(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const ask = (event: Event) => {
      event.preventDefault();
      // What is below, a panel or another window, is not meant.
      event.stopPropagation();
      close.current();
    };
    const askOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') ask(event);
    };
    // A browser may close it without asking, for instance by the second “back” on a phone.
    const reopen = () => element.showModal();
    element.addEventListener('cancel', ask);
    element.addEventListener('keydown', askOnEscape);
    element.addEventListener('close', reopen);
    if (!element.open) element.showModal();
    // The browser would choose the first button, which is the one that closes.
    element.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus();
    return () => {
      element.removeEventListener('cancel', ask);
      element.removeEventListener('keydown', askOnEscape);
      element.removeEventListener('close', reopen);
      element.close();
    };
  }, []);
  return dialog;
}
