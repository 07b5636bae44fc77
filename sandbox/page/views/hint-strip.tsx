import { useMemo } from 'react';
import { hints, nextHint } from '../hints.ts';
import { proposeDraft } from '../store/actions.ts';
import { releaseKeysIn } from '../store/messages.ts';
import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';

/** A newcomer's first steps: which are done, and what to do next. */
export function HintStrip({ state }: { state: PageState }) {
  const release = useMemo(() => releaseKeysIn(state.messages)[0], [state.messages]) ?? 'web-2.4.0';
  if (state.hintsHidden) return null;
  const next = nextHint(state.hintsDone);
  const command = next?.id === 'promote' || next?.id === 'rollback' ? `/${next.id} ${release}` : undefined;
  return (
    <section className="hints" aria-label="First steps" data-testid="hints">
      <ol>
        {hints.map((hint) => (
          <li
            key={hint.id}
            className={state.hintsDone.includes(hint.id) ? 'done' : ''}
            aria-current={hint === next ? 'step' : undefined}
          >
            {hint.title}
          </li>
        ))}
      </ol>
      <p>
        {next?.text ??
          'You have seen the whole story. Kill the bot in mid-story, or switch on a fault, and watch.'}{' '}
        {command && (
          <button type="button" className="link" onClick={() => proposeDraft(command)}>
            Type <code>{command}</code>
          </button>
        )}
      </p>
      {next && (
        <button type="button" className="link" onClick={() => dispatch({ type: 'hint-done', hint: next.id })}>
          Skip
        </button>
      )}
      <button
        type="button"
        className="icon"
        aria-label="Hide the first steps"
        onClick={() => dispatch({ type: 'hints-hidden', hidden: true })}
      >
        ×
      </button>
    </section>
  );
}
