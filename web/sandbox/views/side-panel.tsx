import { type KeyboardEvent, type ReactNode, useId } from 'react';

interface Props {
  title: string;
  testId: string;
  onClose: () => void;
  children: ReactNode;
}

/** The panel at the right. Escape closes it. */
export function SidePanel({ title, testId, onClose, children }: Props) {
  const id = useId();
  const closeOnEscape = ({ key, defaultPrevented }: KeyboardEvent) => {
    if (key === 'Escape' && !defaultPrevented) onClose();
  };
  return (
    <aside className="side-panel" aria-labelledby={id} data-testid={testId} onKeyDown={closeOnEscape}>
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
