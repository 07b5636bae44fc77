import type { Notice } from '../store/state.ts';
import { dispatch } from '../store/store.ts';

/** What the page itself has to say, until it is dismissed. */
export function Notices({ notices }: { notices: Notice[] }) {
  return (
    <div className="notices" role="status">
      {notices.map(({ id, text }) => (
        <p key={id} data-testid="notice">
          {text}
          <button
            type="button"
            className="icon"
            aria-label="Dismiss"
            onClick={() => dispatch({ type: 'notice-dismissed', id })}
          >
            ×
          </button>
        </p>
      ))}
    </div>
  );
}
