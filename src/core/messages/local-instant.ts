import { describeInstant } from '../calendar/describe-instant.ts';
import type { Inline } from '../card/inline.ts';

/** An instant (epoch ms), shown in the reader's own time where the platform can; else in `zone`. */
export function localInstant(instant: number, zone: string): Inline {
  const fallback = describeInstant(instant, zone);
  return { type: 'time', instant: new Date(instant).toISOString(), fallback, style: 'absolute' };
}
