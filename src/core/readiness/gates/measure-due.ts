import type { GateMeasure } from './gate.ts';

/** A source that had no value is asked again after so long, or sooner where the gate is measured more often; ms. */
const retryMs = 5 * 60_000;

/** Whether a gate is to be measured at `now`, by when it last was and whether that gave a value; null: it never was. Epoch ms. */
export function isMeasureDue(
  { everyMs }: Pick<GateMeasure, 'everyMs'>,
  last: { askedAt: number; reason: string | null } | null,
  now: number,
): boolean {
  if (last === null) return true;
  const pause = last.reason === null ? everyMs : Math.min(everyMs, retryMs);
  return now >= last.askedAt + pause;
}
