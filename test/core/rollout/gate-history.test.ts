import { describe, expect, it } from 'vitest';
import type { GateResult } from '../../../src/core/rollout/evaluate-gate.ts';
import { withHistory } from '../../../src/core/rollout/gate-history.ts';

function gate(state: GateResult['state'], at: number | null, reading?: number): GateResult {
  const measure = reading === undefined ? undefined : { reading, below: 1 };
  const shown = { title: 'Error rate', value: null, threshold: 'below 1 %', sentence: '', source: 'demo' };
  return { metric: 'error-rate', state, ...shown, at, measure };
}

/** What is kept after some readings, one each time. */
function keep(...readings: GateResult[]): GateResult | undefined {
  let kept: GateResult[] = [];
  readings.forEach((one, index) => {
    kept = withHistory(kept, [one], 1000 + index);
  });
  return kept[0];
}
const readingsOf = (kept: GateResult | undefined) => kept?.history?.map(({ reading }) => reading);

describe('the history of a gate', () => {
  it('has readings some seconds apart, the newest last', () => {
    const every2s = Array.from({ length: 6 }, (_, index) => gate('pass', index * 2_000, index));
    expect(readingsOf(keep(...every2s))).toEqual([0, 3, 5]);
  });

  it('keeps the latest eight', () => {
    const many = Array.from({ length: 30 }, (_, index) => gate('pass', index * 10_000, index));
    expect(readingsOf(keep(...many))).toEqual([22, 23, 24, 25, 26, 27, 28, 29]);
  });

  it('stays as it was while there is no figure', () => {
    expect(readingsOf(keep(gate('pass', 0, 0.5), gate('unknown', null)))).toEqual([0.5]);
  });

  it('says since when the gate has been in its state', () => {
    expect(keep(gate('pass', 0, 0), gate('fail', 1, 2), gate('fail', 2, 2))?.since).toBe(1001);
    expect(keep(gate('fail', 0, 2), gate('pass', 1, 0))?.since).toBe(1001);
  });

  it('begins anew where the criteria have changed', () => {
    const before = withHistory([], [gate('pass', 0, 0.5)], 1);
    const other: GateResult = { ...gate('pass', 1, 80), metric: 'latency-p95' };
    expect(readingsOf(withHistory(before, [other], 2)[0])).toEqual([80]);
  });
});
