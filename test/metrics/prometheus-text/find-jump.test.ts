import { describe, expect, it } from 'vitest';
import { findJump } from '../../../src/metrics/prometheus-text/find-jump.ts';

const rule = { times: 20, requests: 250 };
/** One scrape a second; each adds so many requests. */
const jumpOf = (increases: readonly number[], sinceSeconds = 0) => {
  let requests = 0;
  const counted = [0, ...increases].map((increase, index) => {
    requests += increase;
    return { at: index * 1_000, requests };
  });
  return findJump({ counted, since: sinceSeconds * 1_000, intervalMs: 1_000, rule });
};

describe('findJump', () => {
  it.each<[string, number[], number | undefined]>([
    ['nothing', [], undefined],
    ['silence', [0, 0, 0], undefined],
    ['a few requests after silence', [0, 0, 250], undefined],
    ['one more', [0, 0, 251], 251],
    ['the first increase of all', [10_000], 10_000],
    ['twenty times as much traffic', [20, 20, 400], undefined],
    ['one request more', [20, 20, 401], 401],
    ['a jump like the one before it', [0, 10_000, 10_000], 10_000],
    ['traffic that goes on', [2, 2, 300, 300, 300], 300],
  ])('judges %s', (_, increases, requests) => {
    expect(jumpOf(increases)?.requests).toBe(requests);
  });

  it('believes what comes a third time, once the first two are past', () => {
    expect(jumpOf([2, 2, 300, 300, 300], 4)).toBeUndefined();
    expect(jumpOf([2, 2, 300, 300, 300], 3)).toEqual({ requests: 300, withinMs: 1_000 });
  });

  it('believes a page that is written now and then, once it is known', () => {
    const pushed = Array.from({ length: 60 }, (_, index) => (index % 15 === 14 ? 600 : 0));
    expect(jumpOf(pushed, 29)).toEqual({ requests: 600, withinMs: 1_000 });
    expect(jumpOf(pushed, 30)).toBeUndefined();
  });

  it('goes by the pace where scrapes are missing, or come at once', () => {
    const at = (seconds: number, requests: number) => ({ at: seconds * 1_000, requests });
    const find = (...counted: { at: number; requests: number }[]) =>
      findJump({ counted, since: 0, intervalMs: 1_000, rule });
    expect(find(at(0, 0), at(1, 100), at(2, 200), at(62, 6_200))).toBeUndefined();
    expect(find(at(0, 0), at(0.001, 10), at(0.002, 20), at(1, 320))).toEqual({
      requests: 300,
      withinMs: 998,
    });
  });
});
