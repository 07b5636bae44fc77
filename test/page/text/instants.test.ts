import { describe, expect, it } from 'vitest';
import {
  inUtc,
  longDay,
  slackDate,
  spanUntil,
  timeOfDay,
  zoneName,
} from '../../../sandbox/page/text/instants.ts';

const ZONE = 'Europe/Amsterdam';
const instant = Date.parse('2026-12-01T23:30:05Z');

describe('instants', () => {
  it('speaks in the zone asked for', () => {
    expect(timeOfDay(instant, ZONE)).toBe('00:30');
    expect(longDay(instant, ZONE)).toBe('Wednesday 2 December 2026');
    expect(longDay(instant, 'UTC')).toBe('Tuesday 1 December 2026');
    expect(inUtc(instant)).toBe('Tue 1 Dec 2026 23:30:05 UTC');
    expect(zoneName(instant, 'UTC')).toBe('UTC');
  });

  it.each([
    [0, 'now'],
    [-5_000, 'now'],
    [59_000, 'in 59 s'],
    [3_600_000, 'in 1 h'],
    [90_061_000, 'in 1 d 1 h'],
    [86_400_000 + 60_000, 'in 1 d'],
  ])('says how long %d ms are', (span, words) => {
    expect(spanUntil(span)).toBe(words);
  });

  it.each([
    ['{date_num} {time_secs}', '2026-12-02 00:30:05'],
    ['{date} / {date_short} / {date_long}', '2 December 2026 / 2 Dec 2026 / Wednesday 2 December 2026'],
    ['{date_short_pretty} at {time}', 'tomorrow at 00:30'],
    ['{ago}', 'in 4 h'],
    ['{nonsense} as typed', '{nonsense} as typed'],
  ])('fills %s', (template, words) => {
    expect(slackDate(template, instant, ZONE, instant - 4 * 3_600_000)).toBe(words);
  });

  it('says how long ago', () => {
    expect(slackDate('{ago}', instant, ZONE, instant + 120_000)).toBe('2 min ago');
  });
});
