import type { Button } from '@slack/types';

interface Props {
  element: Button;
  pending: boolean;
  onClick: () => void;
}

/**
 * A button of the app. It shows a spinner until the app has acknowledged the click; not `disabled` meanwhile,
 * which would take the focus away from it.
 */
export function ButtonElement({ element, pending, onClick }: Props) {
  const click = () => {
    if (pending) return;
    if (element.url && /^https?:/.test(element.url)) window.open(element.url, '_blank', 'noopener');
    onClick();
  };
  return (
    <button
      type="button"
      className={`button ${element.style ?? ''}`}
      data-testid={`action-${element.action_id ?? ''}`}
      aria-label={element.accessibility_label}
      aria-busy={pending}
      aria-disabled={pending}
      onClick={click}
    >
      {pending && <span className="spinner" aria-hidden="true" />}
      {element.text.text}
    </button>
  );
}
