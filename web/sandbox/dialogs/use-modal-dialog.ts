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
    const cancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    element.addEventListener('cancel', cancel);
    if (!element.open) element.showModal();
    // The browser would choose the first button, which is the one that closes.
    element.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus();
    return () => {
      element.removeEventListener('cancel', cancel);
      element.close();
    };
  }, []);
  return dialog;
}
