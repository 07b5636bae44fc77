import { describe, expect, it } from 'vitest';
import { decideRecord, type RecordView } from '../../../src/core/rollout/decide-record.ts';
import { examplePlan } from '../plan/example-plan.ts';

const phases = [1, 10, 50, 100].map((trafficPercent) => ({
  ...examplePlan().rollout.phases[0],
  trafficPercent,
  soak: 'PT1H',
  criteria: [],
}));

function view(changes: Partial<RecordView> = {}): RecordView {
  const state = 'not_started';
  return { state, trafficPercent: null, phaseIndex: -1, recordedBy: null, isMoving: false, ...changes };
}

const at50 = view({ state: 'running', trafficPercent: 50, phaseIndex: 2, recordedBy: 'Dana Fischer' });
const at100 = view({ ...at50, state: 'completed', trafficPercent: 100, phaseIndex: 3 });
const back = view({ ...at50, state: 'rolled_back', trafficPercent: 0 });

describe('decideRecord', () => {
  it.each([
    ['nothing yet', view(), 50, 'running', 2],
    ['nothing yet', view(), 100, 'completed', 3],
    ['nothing yet', view(), 0, 'rolled_back', -1],
    ['nothing yet, below the first phase', view(), 0.5, 'running', -1],
    ['nothing yet, between two phases', view(), 30, 'running', 1],
    ['50 %', at50, 100, 'completed', 3],
    ['50 %, a correction', at50, 5, 'running', 0],
    ['50 %', at50, 0, 'rolled_back', 2],
    ['100 %, a correction', at100, 50, 'running', 2],
    ['100 %', at100, 0, 'rolled_back', 3],
    ['a rollback, which stays one', back, 50, 'rolled_back', 2],
    ['what a driver read', { ...at50, recordedBy: null }, 50, 'running', 2],
  ] as const)('%s: %o then %d %% is %s in phase %d', (_, rollout, toPercent, state, phaseIndex) => {
    expect(decideRecord(rollout, phases, toPercent)).toEqual({ ok: true, state, phaseIndex });
  });

  it.each([
    [at50, 50, 'is already recorded at 50 %, by Dana Fischer'],
    [at100, 100, 'is already recorded at 100 %, by Dana Fischer'],
    [back, 0, 'is already recorded as rolled back, by Dana Fischer'],
    [{ ...at50, isMoving: true }, 100, 'is being changed by tminus; wait for the result'],
  ])('%o: nothing new is in %d %%', (rollout, toPercent, reason) => {
    expect(decideRecord(rollout, phases, toPercent)).toEqual({ ok: false, reason });
  });
});
