import type { ReactNode } from 'react';

interface Props {
  testId: string;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}

/** On or off, at once. */
export function Switch({ testId, on, disabled = false, onChange, children }: Props) {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={on}
      data-testid={testId}
      aria-disabled={disabled}
      onClick={() => disabled || onChange(!on)}
    >
      <span className="switch-label">{children}</span>
      <span className="switch-track" aria-hidden="true" />
    </button>
  );
}
