import { describeInstant } from '../calendar/describe-instant.ts';
import type { Inline, TimeStyle } from './inline.ts';

/**
 * An instant (epoch ms) that each reader sees in their own zone, where the platform can; else as people of `zone`
 * read it. This is how every instant is shown on a card.
 */
export function localDate(instant: number, zone: string): Inline {
  return time(instant, zone, 'absolute');
}

/** How long until an instant (epoch ms), or since, counted when it is read: `in 17 hours`. */
export function fromNow(instant: number, zone: string): Inline {
  return time(instant, zone, 'relative');
}

/** The same with how far away it is when it is read, where the platform can count: `today 13:05 (in 1 hour)`. */
export function countdown(instant: number, zone: string): Inline {
  return time(instant, zone, 'countdown');
}

function time(instant: number, zone: string, style: TimeStyle): Inline {
  const fallback = describeInstant(instant, zone);
  return { type: 'time', instant: new Date(instant).toISOString(), fallback, style };
}
