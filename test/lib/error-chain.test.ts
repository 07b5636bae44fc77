import { expect, it } from 'vitest';
import { errorChain } from '../../src/lib/error-chain.ts';

it('lists an error and its causes, and ends where they go round', () => {
  const root = new Error('root');
  const middle = new Error('middle', { cause: root });
  const outer = new Error('outer', { cause: middle });
  expect(errorChain(outer)).toEqual([outer, middle, root]);
  root.cause = outer;
  expect(errorChain(outer)).toEqual([outer, middle, root]);
  expect(errorChain(new Error('alone', { cause: 'a text' }))).toHaveLength(1);
  expect(errorChain('a text')).toEqual([]);
});
