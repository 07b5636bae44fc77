import { expect, it } from 'vitest';
import { errorMessage } from '../../src/lib/error-message.ts';

it.each([
  [new Error('gone'), 'gone'],
  [
    Object.assign(new AggregateError([new Error('one'), new Error('two')]), { code: 'ECONNREFUSED' }),
    'ECONNREFUSED',
  ],
  [new RangeError(), 'RangeError'],
  ['gone', 'gone'],
  [null, 'null'],
])('%j says %s', (error, words) => {
  expect(errorMessage(error)).toBe(words);
});
