import { describe, expect, it } from 'vitest';
import {
  isWeightReached,
  judgeTarget,
  type TargetState,
  type TargetStatus,
  weightOn,
} from '../../../src/core/rollout/target-state.ts';

function target(changes: Partial<TargetState> = {}): TargetState {
  return {
    stableVersion: '1',
    candidateVersion: '2',
    weight: 10,
    countedWeight: null,
    readiness: null,
    progress: null,
    generation: null,
    status: { kind: 'done' },
    ...changes,
  };
}
const judge = (changes: Partial<TargetState>, weight = 10) =>
  judgeTarget(target(changes), { version: '2', weight, tolerance: 0.2 });

describe('weightOn', () => {
  it.each([
    ['the candidate', '2', 10],
    ['the stable version', '1', 90],
    ['another version', '3', 0],
  ])('is for %s its own', (_, version, weight) => {
    expect(weightOn(target(), version)).toBe(weight);
  });

  it('is everything for a version that is on both sides', () => {
    expect(weightOn(target({ stableVersion: '2' }), '2')).toBe(100);
  });
});

describe('isWeightReached', () => {
  it.each([
    [10, 10, 0, true],
    [10.1, 10, 0, false],
    [9.77, 10, 0.3, true],
    [9.6, 10, 0.3, false],
    // No traffic and all traffic are exact, from both sides.
    [0.1, 0, 0.3, false],
    [0, 0.1, 0.3, false],
    [99.9, 100, 0.3, false],
    [100, 99.9, 0.3, false],
    [0, 0, 0.3, true],
    [100, 100, 0.3, true],
  ])('%s for %s, give or take %s: %s', (observed, wanted, tolerance, reached) => {
    expect(isWeightReached(observed, wanted, tolerance)).toBe(reached);
  });
});

describe('judgeTarget', () => {
  const statuses: [TargetStatus, 'reached' | 'waiting' | 'failed'][] = [
    [{ kind: 'done' }, 'reached'],
    [{ kind: 'paused', reason: null }, 'reached'],
    [{ kind: 'progressing' }, 'waiting'],
    [{ kind: 'failed', reason: 'no image' }, 'failed'],
  ];
  it.each(statuses)('with the wanted weight, of a target that is $kind', (status, verdict) => {
    expect(judge({ status }).kind).toBe(verdict);
    expect(judge({ status, generation: { wanted: 4, seen: 4 } }).kind).toBe(verdict);
  });

  it.each(statuses)('believes nothing of a target that has not seen the command: $kind', (status) => {
    expect(judge({ status, generation: { wanted: 4, seen: 3 } }).kind).toBe('waiting');
  });

  it('waits for the weight of a target that says it is done', () => {
    expect(judge({ weight: 9 })).toEqual({ kind: 'waiting', progress: null, sentence: null });
  });

  const progressing: TargetStatus = { kind: 'progressing' };
  it.each<[Partial<TargetState>, string | null, string | null]>([
    [
      { status: progressing, progress: { updated: 3, total: 10 } },
      '3 of 10 updated',
      'The live system has not finished: 3 of 10 updated.',
    ],
    [
      { status: progressing, readiness: { ready: 1, wanted: 2 } },
      '1 of 2 ready',
      'The live system has not finished: 1 of 2 ready.',
    ],
    [
      { status: progressing, progress: { updated: 10, total: 10 } },
      null,
      'The live system has not finished.',
    ],
    [
      { weight: 5, status: { kind: 'paused', reason: 'analysis' } },
      'paused: analysis',
      'The live system is paused: analysis.',
    ],
    [{ weight: 5, status: { kind: 'paused', reason: null } }, 'paused', 'The live system is paused.'],
    [{ generation: { wanted: 4, seen: 3 } }, null, 'The target has not acted on the command.'],
  ])('says how far it is: %j', (changes, progress, sentence) => {
    expect(judge(changes)).toEqual({ kind: 'waiting', progress, sentence });
  });
});
