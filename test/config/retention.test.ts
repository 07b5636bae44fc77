import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/config/load-config.ts';

const parse = (text: string) => parseConfigFile(text, { path: 'tminus.yaml', env: {} }).retention;
const day = 86_400_000;

describe('retention', () => {
  it.each([
    ['', { releases: 180 * day, requests: 7 * day, people: 730 * day }],
    ['retention: {}', { releases: 180 * day, requests: 7 * day, people: 730 * day }],
    ['retention: { releases: P90D }', { releases: 90 * day, requests: 7 * day, people: 730 * day }],
    [
      'retention: { releases: null, requests: null, people: null }',
      { releases: null, requests: null, people: null },
    ],
    ['retention: { releases: P52W }', { releases: 364 * day, requests: 7 * day, people: 730 * day }],
    [
      'retention: { releases: P5W1DT12H, requests: PT36H, people: P365D }',
      { releases: 36.5 * day, requests: 1.5 * day, people: 365 * day },
    ],
  ])('is read from %j, in milliseconds', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  const form = 'is not a duration in weeks, days or hours, such as P180D; null keeps for ever';
  it.each([
    ['releases', 'P6M', form],
    ['releases', 'P1Y', form],
    ['releases', 'P', form],
    ['releases', 'PT', form],
    ['releases', '180', form],
    ['releases', '-P180D', form],
    ['releases', 'P180DT', form],
    ['releases', 'P29D', 'is too short: at least P30D, or null to keep for ever'],
    ['people', 'P29D', 'is too short: at least P30D, or null to keep for ever'],
    ['requests', 'PT23H', 'is too short: at least P1D, or null to keep for ever'],
  ])('refuses %s of %j', (name, given, told) => {
    expect(() => parse(`retention: { ${name}: "${given}" }`)).toThrow(
      `tminus.yaml is not usable:\n  retention.${name}: ${told}`,
    );
  });
});
