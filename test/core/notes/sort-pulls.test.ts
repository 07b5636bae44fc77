import { expect, it } from 'vitest';
import { withPulls } from '../../../src/core/notes/sort-pulls.ts';

const empty = { features: [], fixes: [], performance: [], security: [], debt: [] };
const place = (title: string, ...labels: string[]) => {
  const lists = Object.entries(withPulls(empty, [{ number: 1, title, labels }]));
  return lists.flatMap(([list, lines]) => lines.map((line) => `${list}: ${line}`));
};

it.each([
  ['feat: a new checkout', [], ['features: a new checkout (#1)']],
  ['fix(cart)!: keep its items', [], ['fixes: keep its items (#1)']],
  ['Search is fast', ['performance'], ['performance: Search is fast (#1)']],
  ['Sessions end', ['security', 'bug'], ['security: Sessions end (#1)']],
  // A label says more than a prefix.
  ['chore: raise a limit', ['bug'], ['fixes: raise a limit (#1)']],
  ['chore: raise versions', [], []],
  ['Bump a package', ['dependencies'], []],
  ['Something new', ['good first issue'], ['features: Something new (#1)']],
  ['note: it is not a prefix', [], ['features: note: it is not a prefix (#1)']],
] as const)('puts %j with the labels %j where readers look for it', (title, labels, expected) => {
  expect(place(title, ...labels)).toEqual(expected);
});

it('says once what the scope says already', () => {
  const scope = { ...empty, features: ['A new checkout'] };
  expect(withPulls(scope, [{ number: 1, title: 'A new checkout', labels: [] }])).toEqual(scope);
});
