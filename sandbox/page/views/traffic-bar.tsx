import type { DemoState } from '../../control-api.ts';
import { breakNewVersion } from '../store/tour-actions.ts';
import { useRecentErrors } from './use-recent-errors.ts';

/** Who gets the demo's traffic and how it goes, beside the live card; and the switch that breaks the new version. */
export function TrafficBar({ demo }: { demo: DemoState }) {
  const { stable, candidate, weight, faulty } = demo;
  const stableErrors = useRecentErrors(stable);
  const candidateErrors = useRecentErrors(candidate);
  return (
    <section className="traffic" aria-label="Traffic of the demo service" data-testid="traffic">
      <Version name={stable.version} share={100 - weight} errors={stableErrors} />
      <div
        className="weight"
        role="img"
        aria-label={`${weight} % of traffic on ${candidate.version}`}
        data-testid="traffic-weight"
        data-weight={weight}
      >
        <span style={{ width: `${100 - weight}%` }} />
        <span className={faulty ? 'candidate faulty' : 'candidate'} style={{ width: `${weight}%` }} />
      </div>
      <Version name={candidate.version} share={weight} errors={candidateErrors} />
      <button
        type="button"
        className={faulty ? 'button' : 'button danger'}
        data-testid="break"
        onClick={() => breakNewVersion(!faulty)}
      >
        {faulty ? `Fix ${candidate.version}` : `Break ${candidate.version}`}
      </button>
    </section>
  );
}

interface VersionProps {
  name: string;
  share: number;
  /** Percent of the last seconds; null where there was no traffic. */
  errors: number | null;
}

function Version({ name, share, errors }: VersionProps) {
  return (
    <p>
      <strong>{name}</strong> {share} %{' '}
      <span className={share > 0 && errors !== null && errors >= 1 ? 'bad' : 'quiet'}>
        {share === 0 || errors === null ? 'no traffic' : `${errors.toFixed(errors < 1 ? 1 : 0)} % errors`}
      </span>
    </p>
  );
}
