import { startOver, watch } from '../store/show-actions.ts';
import { dispatch } from '../store/store.ts';

/** The beginning, from anywhere: watch a release, the first steps, a new workspace. */
export function BeginCard() {
  return (
    <section className="card" aria-label="From the beginning">
      <h3>From the beginning</h3>
      <p className="hint">Starting over ends this workspace and everything in it, and begins a new one.</p>
      <div className="card-buttons">
        <button type="button" className="button" data-testid="world-watch" onClick={watch}>
          Watch a release
        </button>
        <button type="button" className="button" onClick={() => dispatch({ type: 'tour-started' })}>
          Show the first steps
        </button>
        <button
          type="button"
          className="button danger"
          data-testid="world-start-over"
          onClick={() => startOver()}
        >
          Start over
        </button>
      </div>
    </section>
  );
}
