import { useNow } from '../store/clock.ts';
import { usePick } from '../store/store.ts';
import { inUtc, slackDate } from '../text/instants.ts';

/** An instant in a message, in the page's zone, with UTC on hover. */
export function SlackDate({ seconds, format }: { seconds: number; format: string }) {
  const zone = usePick((state) => state.zone);
  const now = useNow(1000);
  const ms = seconds * 1000;
  return (
    <time dateTime={new Date(ms).toISOString()} title={inUtc(ms)}>
      {slackDate(format, ms, zone, now)}
    </time>
  );
}
