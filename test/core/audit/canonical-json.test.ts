import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../src/core/audit/canonical-json.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

/** The same value, the keys of every object in the opposite order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    item === undefined ? item : reversed(item),
  ]);
  return Object.fromEntries(entries.reverse());
}

describe('canonicalJson', () => {
  it('sorts keys at every depth and writes no spaces', () => {
    const value = { b: [{ d: 1, c: 'x y' }, null], a: true };
    expect(canonicalJson(value)).toBe('{"a":true,"b":[{"c":"x y","d":1},null]}');
  });

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('has the same text for equal values', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('can be read again', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has different text for different values', () => {
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  });
});
