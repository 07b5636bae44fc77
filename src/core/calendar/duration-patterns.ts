import { Temporal } from 'temporal-polyfill';

/** Calendar distance in days or weeks, such as `-P14D`, `P1D`, `-P2W`. */
export const OFFSET_PATTERN = /^[-+]?P\d{1,3}[DW]$/;

const DURATION = 'P(?=\\d|T\\d)(?:\\d{1,4}D)?(?:T(?=\\d)(?:\\d{1,5}H)?(?:\\d{1,6}M)?(?:\\d{1,7}S)?)?';

/** Elapsed time, such as `PT2H`, `PT1H30M`, `P1D` (24 hours). */
export const DURATION_PATTERN = new RegExp(`^${DURATION}$`);

/** The longest window of a criterion. Metrics sources keep what was measured for at least so long. */
export const LONGEST_WINDOW_MS = 15 * 60_000;

/** Elapsed time with an optional sign, such as `-PT2H`. */
export const SIGNED_DURATION_PATTERN = new RegExp(`^[-+]?${DURATION}$`);

/** Calendar days of an offset such as `-P14D` or `-P2W`. Throws RangeError when it is none. */
export function offsetToDays(iso: string): number {
  const duration = Temporal.Duration.from(iso);
  return duration.weeks * 7 + duration.days;
}
