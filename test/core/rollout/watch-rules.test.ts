import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricReading } from '../../../src/core/metrics/metric-reading.ts';
import { RISK_TOLERANCES } from '../../../src/core/plan/planning-arguments.ts';
import { compileRollback, type RollbackRule } from '../../../src/core/plan/rollback-schema.ts';
import {
  describeRule,
  describeSample,
  judgeRule,
  longestGapMs,
  type RuleRun,
  stepRule,
} from '../../../src/core/rollout/watch-rules.ts';

const rule: RollbackRule = {
  ...{ metric: 'error-rate', above: 1, for: 'PT5M', window: 'PT1M', minRequests: 100 },
};
const slower: RollbackRule = { ...rule, metric: 'latency-p95', above: undefined, timesOld: 1.2 };
const wall = 1_800_000_000_000;
const value = (figure: number, changes: object = {}): MetricReading => ({
  ...{ kind: 'value', value: figure, requests: 500, at: wall, source: 'test' },
  ...changes,
});
const nothing: MetricReading = { kind: 'no-data', reason: 'silence', source: 'test' };

describe('the rules where a plan has none', () => {
  it.each([
    ['zero-downtime', true, 0.1, 1.05],
    ['low', true, 1, 1.2],
    ['medium', false, 5, 1.5],
    ['high', false, 10, 2],
  ] as const)('are those of the sources at risk tolerance %s', (riskTolerance, automatic, errors, times) => {
    const { rules, ...rest } = compileRollback(undefined, { riskTolerance, strategy: 'blue-green' });
    expect(rest).toEqual({ automatic });
    expect(rules).toMatchObject([
      { metric: 'error-rate', above: errors, for: 'PT5M' },
      { metric: 'latency-p95', above: 1_000, for: 'PT10M' },
      { metric: 'latency-p95', timesOld: times, for: 'PT10M' },
    ]);
  });

  it('have one more for the first phase of a canary', () => {
    for (const riskTolerance of RISK_TOLERANCES) {
      const [first] = compileRollback(undefined, { riskTolerance, strategy: 'canary' }).rules;
      expect(first).toMatchObject({ above: 1, for: 'PT0S', firstPhaseOnly: true });
    }
  });
});

describe('a sample', () => {
  it.each([
    ['over the limit', value(0.011), 'met'],
    ['at the limit', value(0.01), 'not-met'],
    ['of too few requests', value(0.5, { requests: 99 }), 'unknown'],
    ['that is old', value(0.5, { at: wall - 30_001 }), 'unknown'],
    ['that is no number', value(Number.NaN), 'unknown'],
    ['that is missing', nothing, 'unknown'],
  ])('%s', (_, reading, state) => {
    expect(judgeRule(rule, { reading, old: null, wall }).state).toBe(state);
  });

  it.each([
    ['slower than it may be', value(121), value(100), 'met'],
    ['as slow as it may be', value(120), value(100), 'not-met'],
    ['with nothing to compare with', value(5_000), nothing, 'unknown'],
    ['with too little to compare with', value(5_000), value(100, { requests: 3 }), 'unknown'],
    ['of a version that is not known', value(5_000), null, 'unknown'],
    ['many times nothing', value(5_000), value(0), 'unknown'],
  ])('%s', (_, reading, old, state) => {
    expect(judgeRule(slower, { reading, old, wall }).state).toBe(state);
  });

  it('says what it is held against', () => {
    expect(describeRule(rule)).toBe('Error rate above 1 % for 5 minutes');
    expect(describeRule({ ...slower, for: 'PT0S', firstPhaseOnly: true })).toBe(
      'Response time (95th percentile) more than 1.2 times that of the old version at once, in the first phase',
    );
    const sample = judgeRule(rule, { reading: value(0.333), old: null, wall });
    expect(describeSample(rule, sample)).toBe('33.30 %, above 1 %');
  });
});

describe('a rule', () => {
  /** Samples as gaps in ms and states; against the words of the rule, for every history. */
  const history = fc.array(
    fc.record({
      gapMs: fc.integer({ min: 1, max: 60_000 }),
      state: fc.oneof(
        { weight: 8, arbitrary: fc.constant('met' as const) },
        { weight: 1, arbitrary: fc.constantFrom('not-met' as const, 'unknown' as const) },
      ),
    }),
    { maxLength: 60 },
  );

  it('is met for its time exactly when every sample of that time was, with no gap between them', () => {
    fc.assert(
      fc.property(history, (samples) => {
        let run: RuleRun | null = null;
        let now = wall;
        const seen: { at: number; isMet: boolean }[] = [];
        for (const { gapMs, state } of samples) {
          now += gapMs;
          if (state !== 'unknown') seen.push({ at: now, isMet: state === 'met' });
          const stepped = stepRule(rule, run, { state, wall: now });
          run = stepped.run;
          expect(stepped.isTripped).toBe(state !== 'unknown' && hasHeld(seen, 300_000));
        }
      }),
    );
  });

  it('begins anew when the clock was set back', () => {
    const before: RuleRun = { since: wall - 400_000, at: wall, samples: 50 };
    const { run, isTripped } = stepRule(rule, before, { state: 'met', wall: wall - 1 });
    expect([run?.since, isTripped]).toEqual([wall - 1, false]);
  });
});

/** By the words: going back from the last sample, all are met and near each other, for so long. */
function hasHeld(seen: readonly { at: number; isMet: boolean }[], forMs: number): boolean {
  const last = seen.at(-1);
  if (!last?.isMet) return false;
  let earliest = last.at;
  for (let index = seen.length - 2; index >= 0; index -= 1) {
    const one = seen[index];
    if (!one?.isMet || earliest - one.at > longestGapMs) break;
    earliest = one.at;
  }
  return last.at - earliest >= forMs;
}
