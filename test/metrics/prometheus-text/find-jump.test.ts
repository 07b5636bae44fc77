import { describe, expect, it } from 'vitest';
import { type CountedRequests, findJumps } from '../../../src/metrics/prometheus-text/find-jump.ts';

const rule = { times: 20, requests: 250 };
/** One scrape a second; each adds so many requests. */
const jumpsOf = (increases: readonly number[], sinceSeconds = 0) => {
  let requests = 0;
  const counted = [0, ...increases].map((increase, index) => {
    requests += increase;
    return { at: index * 1_000, requests };
  });
  return find(counted, sinceSeconds * 1_000);
};
const find = (counted: CountedRequests[], since = 0) =>
  findJumps({ counted, since, intervalMs: 1_000, rule }).map(({ before, after }) => ({
    requests: after.requests - before.requests,
    withinMs: after.at - before.at,
  }));

describe('findJumps', () => {
  it.each<[string, number[], number[]]>([
    ['nothing', [], []],
    ['silence', [0, 0, 0], []],
    ['a few requests after silence', [0, 0, 250], []],
    ['one more', [0, 0, 251], [251]],
    ['the first increase of all', [10_000], [10_000]],
    ['twenty times as much traffic', [20, 20, 400], []],
    ['one request more', [20, 20, 401], [401]],
    ['a jump like the one before it', [0, 10_000, 10_001], [10_000, 10_001]],
    ['traffic that goes on', [2, 2, 300, 301, 302], [300, 301]],
  ])('judges %s', (_, increases, requests) => {
    expect(jumpsOf(increases).map((jump) => jump.requests)).toEqual(requests);
  });

  it('believes what comes a third time, once the first two are past', () => {
    expect(jumpsOf([2, 2, 300, 300, 300], 4)).toEqual([]);
    expect(jumpsOf([2, 2, 300, 300, 300], 3)).toEqual([{ requests: 300, withinMs: 1_000 }]);
  });

  it('believes a page that is written now and then, once it is known', () => {
    const pushed = Array.from({ length: 60 }, (_, index) => (index % 15 === 14 ? 600 : 0));
    expect(jumpsOf(pushed, 29)).toEqual([{ requests: 600, withinMs: 1_000 }]);
    expect(jumpsOf(pushed, 30)).toEqual([]);
  });

  it('goes by the pace where scrapes are missing, or come at once', () => {
    const at = (seconds: number, requests: number) => ({ at: seconds * 1_000, requests });
    expect(find([at(0, 0), at(1, 100), at(2, 200), at(62, 6_200)])).toEqual([]);
    expect(find([at(0, 0), at(0.001, 10), at(0.002, 20), at(1, 320)])).toEqual([
      { requests: 300, withinMs: 998 },
    ]);
  });
});
