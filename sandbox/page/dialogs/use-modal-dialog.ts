import { useLayoutEffect, useRef } from 'react';

/**
 * Opens a `<dialog>` as a modal: the browser keeps the focus inside and gives it back afterwards. Escape
 * calls `onClose` instead of closing by itself, so that the page decides. Once `sent` is set, the focus goes
 * back to the message around the button that opened it: a second Enter must not press that button.
 */
export function useModalDialog(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const sent = useRef(false);
  const close = useRef(onClose);
  close.current = onClose;
  // Before it leaves the document: a dialog that is removed while open does not give the focus back.
  useLayoutEffect(() => {
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
      if (sent.current) document.activeElement?.closest<HTMLElement>('.message')?.focus();
    };
  }, []);
  // With every picture of it: a window that had fields may hold only words now, and more of them than it has room for.
  useLayoutEffect(() => {
    const body = dialog.current?.querySelector<HTMLElement>('.dialog-body');
    if (!body) return;
    const hasControls = body.querySelector('a[href], button, input, select, textarea') !== null;
    if (!hasControls && body.scrollHeight > body.clientHeight) body.tabIndex = 0;
    else body.removeAttribute('tabindex');
  });
  return { dialog, sent };
}
