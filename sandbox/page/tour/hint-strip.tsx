import { startOver, watch } from '../store/show-actions.ts';
import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';
import { goToNamed } from '../store/tour-actions.ts';
import { decisionStage } from './decision-stage.ts';
import { HintButtons } from './hint-buttons.tsx';
import { decisionTexts, hints, nextHint } from './hints.ts';

/** A newcomer's first steps: which are done, where the next one is, and the way there. */
export function HintStrip({ state }: { state: PageState }) {
  if (state.hintsHidden) return null;
  const next = nextHint(state.hintsDone);
  const at = next ? hints.indexOf(next) : hints.length;
  return (
    <section className="hints" aria-label="First steps" data-testid="hints" data-step={next?.id ?? 'end'}>
      <ol>
        {hints.map((hint, index) => (
          <li
            key={hint.id}
            className={index < at ? 'done' : ''}
            aria-current={hint === next ? 'step' : undefined}
          >
            <span className={hint === next ? '' : 'sr-only'}>{hint.title}</span>
          </li>
        ))}
      </ol>
      {next ? (
        <p>
          <span className="where">
            {state.platform === 'teams' ? next.where.replace(/^#/, '') : next.where}
          </span>{' '}
          {next.id === 'decide' ? decisionTexts[decisionStage(state)] : next.text}
        </p>
      ) : (
        <p>
          You took a release to its users and back, and everybody was told. Next, open World: kill the bot, or
          make {state.platform === 'teams' ? 'Teams' : 'Slack'} fail.
        </p>
      )}
      <div className="hint-buttons">
        {next ? (
          <HintButtons hint={next.id} state={state} />
        ) : (
          <>
            <button
              type="button"
              className="button primary"
              data-testid="start-over"
              onClick={() => startOver()}
            >
              Start over
            </button>
            <button type="button" className="button" onClick={() => goToNamed('#executives')}>
              See what executives read
            </button>
            <button type="button" className="button" onClick={watch}>
              Watch a release
            </button>
          </>
        )}
        {next && (
          <button
            type="button"
            className="link"
            onClick={() => dispatch({ type: 'hint-done', hint: next.id })}
          >
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
      </div>
    </section>
  );
}
