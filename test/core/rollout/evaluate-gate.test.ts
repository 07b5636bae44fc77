import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricReading } from '../../../src/core/metrics/metric-reading.ts';
import { type Criterion, evaluateGate, readingFreshnessMs } from '../../../src/core/rollout/evaluate-gate.ts';

const errorRate: Criterion = {
  metric: 'error-rate',
  below: 0.1,
  unit: 'percent',
  window: 'PT5M',
  minRequests: 100,
};
const latency: Criterion = {
  metric: 'latency-p95',
  below: 200,
  unit: 'ms',
  window: 'PT5M',
  minRequests: 100,
};
const wall = 1_000_000;

function read(
  value: number,
  more: { requests?: number; at?: number; unproven?: string } = {},
): MetricReading {
  return { kind: 'value', value, requests: 500, at: wall, source: 'demo', ...more };
}

describe('evaluateGate', () => {
  it.each([
    { criterion: errorRate, value: 0, state: 'pass', shown: '0.00 %' },
    { criterion: errorRate, value: 0.0004, state: 'pass', shown: '0.04 %' },
    { criterion: errorRate, value: 0.001, state: 'fail', shown: '0.10 %' },
    { criterion: errorRate, value: 0.25, state: 'fail', shown: '25.00 %' },
    { criterion: latency, value: 199.4, state: 'pass', shown: '199 ms' },
    { criterion: latency, value: 200, state: 'fail', shown: '200 ms' },
    { criterion: latency, value: 950, state: 'fail', shown: '950 ms' },
  ])('$criterion.metric of $value: $state', ({ criterion, value, state, shown }) => {
    expect(evaluateGate(criterion, read(value), wall)).toMatchObject({ state, value: shown, at: wall });
  });

  it('says value and threshold of a failed gate', () => {
    const { sentence } = evaluateGate(errorRate, read(0.02), wall);
    expect(sentence).toBe('Error rate is 2.00 %; it must be below 0.1 %.');
  });

  it('shows a value that fails as one that is not below the threshold', () => {
    const tight: Criterion = { ...errorRate, below: 0.05 };
    const result = evaluateGate(tight, read(0.000_501), wall);
    expect(result.state).toBe('fail');
    expect(Number.parseFloat(result.value ?? '')).toBeGreaterThanOrEqual(tight.below);
    const justBelow = evaluateGate(latency, read(199.9), wall);
    expect(justBelow.state).toBe('pass');
    expect(Number.parseFloat(justBelow.value ?? '')).toBeLessThan(latency.below);
  });

  it('does not know without data, and tells the reason', () => {
    const result = evaluateGate(latency, { kind: 'no-data', reason: 'no answer', source: 'demo' }, wall);
    expect(result).toMatchObject({ state: 'unknown', value: null, at: null });
    expect(result.sentence).toContain('no answer');
  });

  it('does not know from a stale value', () => {
    const at = wall - readingFreshnessMs - 1;
    const result = evaluateGate(errorRate, read(0, { at }), wall);
    expect(result).toMatchObject({ state: 'unknown', value: '0.00 %' });
    expect(result.sentence).toBe('Error rate: the last value is 31 seconds old.');
  });

  it('takes a value that is just fresh enough', () => {
    const at = wall - readingFreshnessMs;
    expect(evaluateGate(errorRate, read(0, { at }), wall).state).toBe('pass');
  });

  it('does not know from too little traffic, whatever the value', () => {
    for (const value of [0, 1]) {
      const result = evaluateGate(errorRate, read(value, { requests: 99 }), wall);
      expect(result.state).toBe('unknown');
      expect(result.sentence).toContain('only 99 of the 100 requests');
    }
    expect(evaluateGate(errorRate, read(0, { requests: 100 }), wall).state).toBe('pass');
  });

  it('fails by a value that could not prove health, and does not know when it would pass', () => {
    const unproven = 'another instance may have answered';
    expect(evaluateGate(errorRate, read(0.02, { unproven }), wall)).toEqual(
      evaluateGate(errorRate, read(0.02), wall),
    );
    const result = evaluateGate(errorRate, read(0, { unproven }), wall);
    expect(result).toMatchObject({ state: 'unknown', value: '0.00 %' });
    expect(result.sentence).toBe(
      "Error rate is 0.00 %, but it can't be called healthy (another instance may have answered).",
    );
    const few = evaluateGate(errorRate, read(1, { unproven, requests: 99 }), wall);
    expect(few.state).toBe('unknown');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('does not pass on %s', (value) => {
    expect(evaluateGate(errorRate, read(value), wall).state).not.toBe('pass');
  });

  it('passes only on a fresh value below the threshold, from enough requests', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(errorRate, latency),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        fc.nat(300),
        fc.integer({ min: 0, max: 90_000 }),
        (criterion, value, requests, age) => {
          const { state } = evaluateGate(criterion, read(value, { requests, at: wall - age }), wall);
          const known = requests >= criterion.minRequests && age <= readingFreshnessMs;
          const inUnit = criterion.unit === 'percent' ? value * 100 : value;
          const expected = inUnit < criterion.below ? 'pass' : 'fail';
          expect(state).toBe(known ? expected : 'unknown');
        },
      ),
    );
  });
});
