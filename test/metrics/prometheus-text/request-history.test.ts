import { beforeEach, describe, expect, it } from 'vitest';
import { readMetricsPage } from '../../../src/metrics/prometheus-text/read-page.ts';
import {
  createRequestHistory,
  type RequestHistory,
} from '../../../src/metrics/prometheus-text/request-history.ts';
import { type PageVersion, writeMetricsPage } from '../metrics-page.ts';
import { defaultPageOptions } from '../open-source.ts';

const limits = {
  retentionMs: 60_000,
  intervalMs: 1_000,
  maxSeries: 20,
  maxVersions: 3,
  maxCodes: 5,
  maxBuckets: 4,
  jump: { times: 20, requests: 250 },
};

describe('createRequestHistory', () => {
  let history: RequestHistory;
  beforeEach(() => {
    history = createRequestHistory(limits);
  });

  const record = (seconds: number, ...versions: PageVersion[]): void =>
    history.record(seconds * 1000, readMetricsPage(writeMetricsPage(...versions), defaultPageOptions));
  const measure = (seconds: number, version = '2') => history.measure({ version, windowMs: seconds * 1000 });
  const increaseOf = (seconds: number, version = '2') => {
    const measured = measure(seconds, version);
    return measured.kind === 'increase'
      ? { requests: measured.all.requests, errors: measured.all.errors }
      : measured.reason;
  };

  it('counts what came within the window only', () => {
    record(0, { version: '2', codes: { 200: 1000, 500: 50 } });
    record(10, { version: '2', codes: { 200: 1100, 500: 60 } });
    record(20, { version: '2', codes: { 200: 1300, 500: 61 } });
    expect(increaseOf(10)).toEqual({ requests: 201, errors: 1 });
    expect(increaseOf(20)).toEqual({ requests: 311, errors: 11 });
  });

  it('keeps versions apart', () => {
    record(0, { version: '1', codes: { 500: 0 } }, { version: '2', codes: { 200: 0 } });
    record(10, { version: '1', codes: { 500: 7 } }, { version: '2', codes: { 200: 9 } });
    expect(increaseOf(10, '1')).toEqual({ requests: 7, errors: 7 });
    expect(increaseOf(10, '2')).toEqual({ requests: 9, errors: 0 });
  });

  it('counts on after a restart of the target', () => {
    record(0, { version: '2', codes: { 200: 1000, 500: 100 } });
    record(5, { version: '2', codes: { 200: 1010, 500: 101 } });
    record(10, { version: '2', codes: { 200: 4, 500: 2 } });
    expect(increaseOf(10)).toEqual({ requests: 10 + 1 + 4 + 2, errors: 1 + 2 });
  });

  it('is not disturbed by the restart of one instance among others', () => {
    const at = (seconds: number, a: number, b: number) =>
      record(
        seconds,
        { version: '2', instance: 'a', codes: { 200: a } },
        { version: '2', instance: 'b', codes: { 200: b } },
      );
    at(0, 1000, 10);
    at(10, 3, 2000);
    expect(increaseOf(10)).toEqual({ requests: 3 + 1990, errors: 0 });
  });

  it("counts a code's first requests when its series is new", () => {
    record(0, { version: '2', codes: { 200: 10 } });
    record(10, { version: '2', codes: { 200: 20, 500: 4 } });
    expect(increaseOf(10)).toEqual({ requests: 14, errors: 4 });
  });

  it('takes the first sight of a version as its base line', () => {
    record(0, { version: '1', codes: { 200: 1 } });
    record(1, { version: '1', codes: { 200: 1 } }, { version: '2', codes: { 200: 900, 500: 900 } });
    expect(increaseOf(10)).toBe('needs 10 s of samples, has 0 s');
    record(11, { version: '1', codes: { 200: 1 } }, { version: '2', codes: { 200: 905, 500: 900 } });
    expect(increaseOf(10)).toEqual({ requests: 5, errors: 0 });
  });

  it('keeps counting from where a version was that was away for a moment', () => {
    record(0, { version: '2', codes: { 200: 500 } });
    record(5);
    expect(increaseOf(5)).toBe('version 2 is not in the metrics');
    record(10, { version: '2', codes: { 200: 530 } });
    expect(increaseOf(10)).toEqual({ requests: 30, errors: 0 });
  });

  it.each([
    [5, 'needs 10 s of samples, has 5 s'],
    [9.999, 'needs 10 s of samples, has 9 s'],
    [13.001, 'needs 10 s of samples, 3 s before them are missing'],
  ])('says no-data when its two samples are %s s apart', (seconds, reason) => {
    record(0, { version: '2', codes: { 200: 0 } });
    record(seconds, { version: '2', codes: { 200: 9 } });
    expect(increaseOf(10)).toBe(reason);
  });

  it.each([10, 12, 13])('measures with two samples %s s apart', (seconds) => {
    record(0, { version: '2', codes: { 200: 0 } });
    record(seconds, { version: '2', codes: { 200: 9 } });
    expect(increaseOf(10)).toEqual({ requests: 9, errors: 0 });
  });

  it('has nothing to say before the first scrape', () => {
    expect(increaseOf(10)).toBe('version 2 is not in the metrics');
  });

  it.each([0, -5, Number.NaN])('has nothing to say of a window of %s s', (seconds) => {
    record(0, { version: '2', codes: { 200: 0 } });
    expect(increaseOf(seconds)).toBe('the window must be longer than 0 s');
  });

  it.each([
    ['NaN', { 200: Number.NaN }],
    ['below zero', { 200: -3 }],
  ])('has nothing to say while a counter is %s, and goes on afterwards', (_name, codes) => {
    record(0, { version: '2', codes: { 200: 100, 500: 0 } });
    record(5, { version: '2', codes: { ...codes, 500: 1 } });
    expect(increaseOf(5)).toBe('the counters of version 2 are not numbers');
    record(10, { version: '2', codes: { 200: 120, 500: 2 } });
    expect(increaseOf(10)).toEqual({ requests: 22, errors: 2 });
  });

  it('starts anew when the clock was set back', () => {
    record(100, { version: '2', codes: { 200: 100 } });
    record(110, { version: '2', codes: { 200: 200 } });
    record(50, { version: '2', codes: { 200: 300 } });
    expect(increaseOf(10)).toBe('needs 10 s of samples, has 0 s');
  });

  it('keeps samples no longer than it says', () => {
    record(0, { version: '2', codes: { 200: 0 } });
    for (let seconds = 10; seconds <= 70; seconds += 10)
      record(seconds, { version: '2', codes: { 200: seconds } });
    expect(increaseOf(60)).toEqual({ requests: 60, errors: 0 });
    expect(increaseOf(61)).toBe('a window of 61 s is longer than the 60 s kept');
  });

  it('forgets a version that was away for as long as samples are kept', () => {
    record(0, { version: '2', codes: { 200: 100 } });
    record(61);
    record(62, { version: '2', codes: { 200: 5000 } });
    record(72, { version: '2', codes: { 200: 5001 } });
    expect(increaseOf(10)).toEqual({ requests: 1, errors: 0 });
  });

  it('refuses more versions than it will hold, and forgets old ones in time', () => {
    const many = ['1', '2', '3', '4'].map((version) => ({ version, codes: { 200: 1 } }));
    expect(() => record(0, ...many)).toThrow('more than 3 versions');
    record(1, ...many.slice(0, 3));
    expect(() => record(2, ...many.slice(3))).toThrow('more than 3 versions');
    record(70, ...many.slice(3));
    expect(measure(1, '4')).toMatchObject({ kind: 'no-data', reason: 'needs 1 s of samples, has 0 s' });
  });

  const counts = (prefix: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 1]));

  it('refuses more codes of a version than it will hold, in one scrape or over time', () => {
    expect(() => record(0, { version: '2', codes: counts('a', 6) })).toThrow(
      'more than 5 codes of version 2',
    );
    record(1, { version: '2', codes: counts('a', 5) }, { version: '1', codes: counts('b', 5) });
    expect(() => record(2, { version: '2', codes: counts('b', 1) })).toThrow(
      'more than 5 codes of version 2',
    );
    record(3, { version: '2', codes: counts('a', 5) });
    expect(measure(2)).toMatchObject({ kind: 'increase' });
  });

  it('refuses more buckets of a version than it will hold', () => {
    const version = 'v'.repeat(500);
    expect(() => record(0, { version, codes: { 200: 1 }, buckets: counts('', 5) })).toThrow(
      `more than 4 buckets of version ${'v'.repeat(39)}…`,
    );
    record(1, { version, codes: { 200: 1 }, buckets: counts('', 4) });
  });

  it('tells codes and buckets apart that came in the course of time', () => {
    record(0, { version: '2', codes: { a: 1 }, buckets: { 0.1: 1 } });
    record(5, { version: '2', codes: { a: 1, b: 2 }, buckets: { 0.1: 1, '+Inf': 3 } });
    record(10, { version: '2', codes: { a: 4, b: 2, c: 7 }, buckets: { 0.05: 2, 0.1: 4, '+Inf': 10 } });
    const found = [10, 5].map((seconds) => {
      const measured = measure(seconds);
      return measured.kind === 'increase' && [measured.all.unknown, measured.all.buckets];
    });
    const bucket = (upperBound: number, count: number) => ({ upperBound, count });
    expect(found).toEqual([
      [
        new Map(Object.entries({ a: 3, b: 2, c: 7 })),
        [bucket(0.1, 3), bucket(Infinity, 10), bucket(0.05, 2)],
      ],
      [new Map(Object.entries({ a: 3, c: 7 })), [bucket(0.1, 3), bucket(Infinity, 7), bucket(0.05, 2)]],
    ]);
  });

  it('refuses more series than it will hold', () => {
    const codes = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [200 + index, 1]));
    expect(() => record(0, { version: '2', codes })).toThrow('more than 20 series');
  });
});
