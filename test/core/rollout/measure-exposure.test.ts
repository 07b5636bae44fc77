import { describe, expect, it } from 'vitest';
import { measureExposure, type Step } from '../../../src/core/rollout/measure-exposure.ts';

const minute = 60_000;
const step = (changes: Partial<Step>): Step => ({
  kind: 'promote',
  state: 'succeeded',
  fromPercent: 0,
  toPercent: 1,
  observedPercent: 1,
  requestedAt: 0,
  finishedAt: minute,
  ...changes,
});
const rolledBack = step({
  kind: 'rollback',
  toPercent: 0,
  observedPercent: 0,
  requestedAt: 60 * minute,
  finishedAt: 61 * minute,
});

describe('how far a release had come before its rollback', () => {
  it('is the highest share that was read, from the first step to the end of the rollback', () => {
    const steps = [
      step({}),
      step({ toPercent: 10, observedPercent: 10, requestedAt: 30 * minute }),
      rolledBack,
    ];
    expect(measureExposure(steps)).toEqual({ peakPercent: 10, isUpperBound: false, spanMs: 61 * minute });
  });

  it('counts what was there when the rollback was asked for, however it came there', () => {
    expect(measureExposure([step({}), { ...rolledBack, fromPercent: 25 }])).toMatchObject({
      peakPercent: 25,
      isUpperBound: false,
    });
  });

  it('counts a step that was broken off as far as it may have got', () => {
    const broken = step({ state: 'cancelled', toPercent: 50, observedPercent: null });
    expect(measureExposure([step({}), broken, rolledBack])).toMatchObject({
      peakPercent: 50,
      isUpperBound: true,
    });
  });

  it('says nothing of the time where people recorded it, who may have done so later', () => {
    const recorded = step({ state: 'recorded', toPercent: 50, observedPercent: null });
    const back = { ...rolledBack, state: 'recorded', observedPercent: null };
    expect(measureExposure([recorded, back])).toEqual({ peakPercent: 50, isUpperBound: false, spanMs: null });
  });

  it.each([
    ['there was no rollback', [step({})]],
    ['a rollback was not confirmed', [step({}), { ...rolledBack, state: 'not_taken' }]],
    ['nothing was rolled out', [rolledBack]],
    ['no traffic ever came', [step({ state: 'failed', observedPercent: 0 }), rolledBack]],
  ])('is not known where %s', (_, steps) => {
    expect(measureExposure(steps)).toBeNull();
  });
});
