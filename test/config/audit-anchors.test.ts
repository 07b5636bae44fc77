import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/config/load-config.ts';
import { createJobServices, type JobParts } from '../../src/create-services.ts';
import type { Services } from '../../src/services/kernel/context.ts';

const parse = (text: string) => parseConfigFile(text, { path: 'tminus.yaml', env: {} });
const day = 86_400_000;

/** What the jobs of a process get of a configuration. */
function settingsFor(text: string) {
  const { audit, retention, outbox } = parse(text);
  const parts = { config: { audit, retention, outbox } } as JobParts;
  return createJobServices({} as Services, parts).settings.anchors;
}

describe('audit.anchors', () => {
  it.each([
    ['', null],
    ['audit: { anchors: { every: P1W } }', null],
    ['audit: { anchors: { channel: "#audit" } }', { everyMs: day, channel: '#audit', file: null }],
    [
      'audit: { anchors: { every: PT6H, file: /var/lib/tminus/anchors.jsonl } }',
      { everyMs: day / 4, channel: null, file: '/var/lib/tminus/anchors.jsonl' },
    ],
  ])('of %j are what the jobs keep to', (text, expected) => {
    expect(settingsFor(text)).toEqual(expected);
  });

  it.each([
    ['P1M', 'is not a duration in weeks, days, hours or minutes, such as P1D'],
    ['daily', 'is not a duration in weeks, days, hours or minutes, such as P1D'],
    ['PT0M', 'is too short: at least PT1M'],
  ])('refuse an interval of %j', (every, told) => {
    expect(() => parse(`audit: { anchors: { every: "${every}" } }`)).toThrow(`audit.anchors.every: ${told}`);
  });
});
