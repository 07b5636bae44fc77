import { useNow } from '../store/clock.ts';
import { dispatch } from '../store/store.ts';
import { inUtc, shortDay, timeWithSeconds, zoneName } from '../text/instants.ts';

const ZONES = [
  'Europe/Amsterdam',
  'UTC',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Tokyo',
];

/** The release's date and time in the chosen zone, with UTC on hover. */
export function ClockFace({ zone }: { zone: string }) {
  const now = useNow(200);
  const zones = [...new Set([...ZONES, zone, Intl.DateTimeFormat().resolvedOptions().timeZone])];
  return (
    <div className="clock">
      <time data-testid="clock" dateTime={new Date(now).toISOString()} title={inUtc(now)} role="timer">
        <span>{shortDay(now, zone)}</span> <strong>{timeWithSeconds(now, zone)}</strong>
      </time>
      <select
        aria-label="Time zone"
        title={zoneName(now, zone)}
        data-testid="zone"
        value={zone}
        onChange={({ target }) => dispatch({ type: 'zone', zone: target.value })}
      >
        {zones.map((name) => (
          <option key={name} value={name}>
            {name.split('/').at(-1)?.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </div>
  );
}
