import { GRADES, type Grade } from '../../plan/readiness-schema.ts';
import type { Gate, GateValue, PlannedGate } from './gate.ts';

/** `stale`: the result is too old, or of another version; it is not a pass. `missing`: there is none. */
export type GateState = 'pass' | 'fail' | 'stale' | 'missing' | 'waived';

/** What is known of a gate's latest result. Instants are epoch ms. */
export interface KnownResult {
  value: GateValue;
  measuredAt: number;
  /** Of the product when it was measured. */
  version: string;
}

/** Whether a value is of the kind that a gate takes. */
export function fitsGate({ comparator }: Pick<Gate, 'comparator'>, value: GateValue): boolean {
  if (comparator === 'passes') return typeof value === 'boolean';
  return comparator === 'better-than' ? isGrade(value) : typeof value === 'number' && Number.isFinite(value);
}

function isGrade(value: GateValue): value is Grade {
  return GRADES.some((grade) => grade === value);
}

/** Whether a value meets the limit of its gate; one of another kind never does. */
export function meetsLimit(gate: Pick<Gate, 'comparator' | 'limit'>, value: GateValue): boolean {
  const { comparator, limit } = gate;
  if (!fitsGate(gate, value)) return false;
  if (comparator === 'passes') return value === true;
  if (comparator === 'better-than')
    return isGrade(value) && typeof limit === 'string' && GRADES.indexOf(value) < GRADES.indexOf(limit);
  if (typeof limit !== 'number' || typeof value !== 'number') return false;
  switch (comparator) {
    case 'at-least':
      return value >= limit;
    case 'above':
      return value > limit;
    case 'at-most':
      return value <= limit;
    case 'below':
      return value < limit;
  }
}

/**
 * How a gate stands at `now` (epoch ms). A result is stale from the instant at which it is as old as it may be, and at
 * once when the release has another version. A waiver that holds counts whatever the result says.
 */
export function judgeGate(
  gate: PlannedGate,
  {
    result,
    waivedUntil,
    version,
    now,
  }: { result: KnownResult | null; waivedUntil: number | null; version: string; now: number },
): GateState {
  const measured = result === null ? 'missing' : judgeResult(gate, result, { version, now });
  if (measured === 'pass') return 'pass';
  return waivedUntil !== null && now < waivedUntil ? 'waived' : measured;
}

function judgeResult(
  gate: PlannedGate,
  { value, measuredAt, version: measured }: KnownResult,
  { version, now }: { version: string; now: number },
): GateState {
  if (measured !== version || now >= measuredAt + gate.freshnessMs) return 'stale';
  return meetsLimit(gate, value) ? 'pass' : 'fail';
}
