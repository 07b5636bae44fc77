import { expect, it } from 'vitest';
import { listWords } from '../../src/lib/list-words.ts';

it.each([
  [[], ''],
  [['#a'], '#a'],
  [['#a', '#b'], '#a and #b'],
  [['#a', '#b', '#c'], '#a, #b and #c'],
])('%j reads %s', (words, sentence) => {
  expect(listWords(words)).toBe(sentence);
});

it('offers a choice, too', () => {
  expect(listWords(['a', 'b', 'c'], 'or')).toBe('a, b or c');
});
