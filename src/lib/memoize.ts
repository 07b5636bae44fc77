import { BoundedMap } from './bounded-map.ts';

/** Keeps the results of a pure function by a key of its arguments: those computed last, `most` of them. */
export function memoize<Args extends readonly unknown[], Value>(
  compute: (...args: Args) => Value,
  { keyOf, most }: { keyOf: (...args: Args) => string; most: number },
): (...args: Args) => Value {
  const kept = new BoundedMap<string, { value: Value }>(most);
  return (...args) => {
    const key = keyOf(...args);
    const known = kept.get(key);
    if (known) return known.value;
    const value = compute(...args);
    kept.set(key, { value });
    return value;
  };
}
