import type { ClockState } from '../../control-api.ts';
import { api } from '../api.ts';
import { change } from '../store/run.ts';
import { Icon } from './icon.tsx';

const RATES = [1, 60, 600, 3600];
const LABELS: Record<number, string> = {
  1: 'Real time',
  60: 'A minute a second',
  600: 'Ten minutes a second',
  3600: 'An hour a second',
};

/** Pause, or how fast the release's time runs. */
export function SpeedControl({ clock }: { clock: ClockState | undefined }) {
  const running = clock && !clock.paused;
  return (
    <fieldset className="speeds" aria-label="Speed of the clock">
      <button
        type="button"
        data-testid="speed-0"
        aria-pressed={clock?.paused ?? false}
        aria-label="Pause"
        title="Pause"
        onClick={() => change(() => api.changeClock({ paused: true }))}
      >
        <Icon name="pause" />
      </button>
      {RATES.map((rate) => (
        <button
          key={rate}
          type="button"
          data-testid={`speed-${rate}`}
          aria-pressed={running === true && clock.rate === rate}
          title={LABELS[rate]}
          onClick={() => change(() => api.changeClock({ rate, paused: false }))}
        >
          {rate}×
        </button>
      ))}
    </fieldset>
  );
}
