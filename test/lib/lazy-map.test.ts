import { describe, expect, it } from 'vitest';
import { LazyMap } from '../../src/lib/lazy-map.ts';

function countingMap() {
  const made: string[] = [];
  const maker = (key: string) => () => {
    made.push(key);
    return key.toUpperCase();
  };
  return { made, map: new LazyMap(new Map(['a', 'b'].map((key) => [key, maker(key)]))) };
}

describe('a lazy map', () => {
  it('knows its keys without making a value', () => {
    const { map, made } = countingMap();
    expect([map.size, map.has('a'), map.has('c'), [...map.keys()]]).toEqual([2, true, false, ['a', 'b']]);
    expect(made).toEqual([]);
  });

  it('makes a value once, when it is asked for', () => {
    const { map, made } = countingMap();
    expect([map.get('b'), map.get('b'), map.get('c')]).toEqual(['B', 'B', undefined]);
    expect(made).toEqual(['b']);
  });

  it('makes what is missing when all are wanted', () => {
    const { map, made } = countingMap();
    map.get('b');
    const visited: [string, string][] = [];
    map.forEach((value, key) => {
      visited.push([key, value]);
    });
    const all = [
      ['a', 'A'],
      ['b', 'B'],
    ];
    expect([[...map], [...map.entries()], visited]).toEqual([all, all, all]);
    expect([...map.values()]).toEqual(['A', 'B']);
    expect(made).toEqual(['b', 'a']);
  });
});
