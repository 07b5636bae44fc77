import type { Gate, GateValue } from './gate.ts';

const comparators = {
  'at-least': 'at least',
  above: 'above',
  'at-most': 'at most',
  below: 'below',
  'better-than': 'better than',
} as const;

/** `at least 80 %`, `better than B`, `has to pass`. */
export function limitWords({ comparator, limit, unit }: Pick<Gate, 'comparator' | 'limit' | 'unit'>): string {
  if (comparator === 'passes' || limit === null) return 'has to pass';
  return `${comparators[comparator]} ${withUnit(limit, unit)}`;
}

/** `91.3 %`, `A`, `passed`, `failed`. */
export function valueWords({ unit }: Pick<Gate, 'unit'>, value: GateValue): string {
  if (typeof value === 'boolean') return value ? 'passed' : 'failed';
  return withUnit(value, unit);
}

function withUnit(value: number | string, unit: string): string {
  const words = typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : value;
  return unit === '' ? words : `${words} ${unit}`;
}

/** What somebody has to give as a gate's value. */
export function valueHint({ comparator, unit }: Pick<Gate, 'comparator' | 'unit'>): string {
  if (comparator === 'passes') return 'passed or failed';
  if (comparator === 'better-than') return 'a grade from A to F';
  return unit === '' ? 'a number' : `a number in ${unit}`;
}

/** A value as somebody types it, with the gate's unit or without any; null when it is none that the gate takes. */
export function readValue(
  { comparator, unit }: Pick<Gate, 'comparator' | 'unit'>,
  typed: string,
): GateValue | null {
  const word = typed.trim();
  if (comparator === 'passes') {
    if (/^(passed|pass|yes|true)$/i.test(word)) return true;
    return /^(failed|fail|no|false)$/i.test(word) ? false : null;
  }
  if (comparator === 'better-than') {
    const [grade] = /^[A-F]$/i.exec(word) ?? [];
    return grade === undefined ? null : (grade.toUpperCase() as GateValue);
  }
  const [number] = /^\d{1,15}(\.\d{1,10})?/.exec(word) ?? [];
  if (number === undefined) return null;
  const rest = word.slice(number.length).trim();
  return rest === '' || rest.toLowerCase() === unit.toLowerCase() ? Number(number) : null;
}
