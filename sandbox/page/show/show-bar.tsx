import type { ShowState } from '../../control-api.ts';
import { changeShow } from '../store/show-actions.ts';
import { Icon } from '../views/icon.tsx';

/** What the show plays at the moment, and the way to hold it or to take over. */
export function ShowBar({ show }: { show: ShowState }) {
  const step = show.step ?? 0;
  const { title = '', caption = '' } = show.steps[step] ?? {};
  const paused = show.state === 'paused';
  return (
    <section className="show-bar" aria-label="The release, step by step" data-testid="show">
      <progress
        max={show.steps.length}
        value={step + 1}
        aria-label={`Step ${step + 1} of ${show.steps.length}`}
      />
      <p role="status" data-testid="show-caption">
        <strong>
          <span className="count">
            {step + 1}/{show.steps.length}
          </span>{' '}
          {title}
        </strong>{' '}
        <span key={step}>{caption}</span>
      </p>
      <div className="show-buttons">
        <button
          type="button"
          className="button"
          data-testid="show-pause"
          onClick={() => changeShow(paused ? 'resume' : 'pause')}
        >
          <Icon name={paused ? 'play' : 'pause'} size={16} /> {paused ? 'Continue' : 'Pause'}
        </button>
        <button type="button" className="button" data-testid="show-next" onClick={() => changeShow('next')}>
          <Icon name="next" size={16} /> Next
        </button>
        <button
          type="button"
          className="button primary"
          data-testid="show-stop"
          onClick={() => changeShow('stop')}
        >
          Take over
        </button>
      </div>
    </section>
  );
}
