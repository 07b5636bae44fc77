import { expect, it } from 'vitest';
import { memoize } from '../../src/lib/memoize.ts';

it('computes once what is asked again, and forgets what was computed first', () => {
  const computed: string[] = [];
  const double = memoize(
    (text: string) => {
      computed.push(text);
      return text + text;
    },
    { keyOf: (text) => text, most: 2 },
  );
  expect(['a', 'b', 'a', 'c', 'b', 'a'].map(double)).toEqual(['aa', 'bb', 'aa', 'cc', 'bb', 'aa']);
  expect(computed).toEqual(['a', 'b', 'c', 'a']);
});

it('keeps no failure, and keeps an undefined result', () => {
  let calls = 0;
  const sometimes = memoize(
    (fails: boolean) => {
      calls += 1;
      if (fails) throw new RangeError('no');
      return undefined;
    },
    { keyOf: String, most: 9 },
  );
  expect(() => sometimes(true)).toThrow(RangeError);
  expect(() => sometimes(true)).toThrow(RangeError);
  sometimes(false);
  sometimes(false);
  expect(calls).toBe(3);
});
