import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  title: string;
  testId: string;
  onClose: () => void;
  children: ReactNode;
}

/** The panel at the right. It takes the focus and gives it back; Escape closes it. */
export function SidePanel({ title, testId, onClose, children }: Props) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    panel.current?.querySelector<HTMLElement>('header button')?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const closeOnEscape = ({ key, defaultPrevented }: KeyboardEvent) => {
    if (key === 'Escape' && !defaultPrevented) onClose();
  };
  return (
    <aside
      ref={panel}
      className="side-panel"
      aria-labelledby={id}
      data-testid={testId}
      onKeyDown={closeOnEscape}
    >
      <header className="pane-header">
        <h2 id={id}>{title}</h2>
        <button type="button" className="icon" aria-label={`Close ${title}`} onClick={onClose}>
          ×
        </button>
      </header>
      {children}
    </aside>
  );
}
