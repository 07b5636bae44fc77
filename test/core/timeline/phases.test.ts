import { describe, expect, it } from 'vitest';
import { offsetToDays } from '../../../src/core/calendar/duration-patterns.ts';
import {
  RELEASE_TYPES,
  type ReleaseType,
  STRATEGIES,
  type Strategy,
} from '../../../src/core/plan/planning-arguments.ts';
import { defaultPhases, PHASE_RESULTS } from '../../../src/core/timeline/phases.ts';

function lengths(type: ReleaseType, strategy: Strategy = 'rolling') {
  const phases = defaultPhases({ type, rollout: { strategy }, timeline: {} });
  return Object.fromEntries(phases.map(({ name, length }) => [name, length]));
}

describe('the phases of S2 §1, each range at its upper end', () => {
  it('of a major release: 4–6, 8–12, 3–4 and 1–2 weeks, and 2–3 days', () => {
    expect(lengths('major')).toEqual({
      planning: 'P6W',
      development: 'P12W',
      testing: 'P4W',
      preparation: 'P2W',
      execution: 'P3D',
    });
  });

  it('of a major release by strategy: 1–2 days blue-green, 3–5 days canary', () => {
    expect(lengths('major', 'blue-green').execution).toBe('P2D');
    expect(lengths('major', 'canary').execution).toBe('P5D');
  });

  it('of a minor release: 2–3, 4–6 and 1–2 weeks, 3–5 and 1–2 days', () => {
    expect(lengths('minor')).toEqual({
      planning: 'P3W',
      development: 'P6W',
      testing: 'P2W',
      preparation: 'P5D',
      execution: 'P2D',
    });
  });

  it.each(['patch', 'feature-flag'] as const)('of a %s: 1–2 and 1–3 weeks, 3–5 days and 1 day', (type) => {
    expect(lengths(type)).toEqual({ planning: 'P2W', development: 'P3W', testing: 'P5D', execution: 'P1D' });
  });

  it('of a hotfix: one day of planning, with development and testing within it, and the same day', () => {
    expect(lengths('hotfix')).toEqual({ planning: 'P1D', execution: 'P1D' });
  });

  it('have as many activities as S2 lists', () => {
    const counts = (type: ReleaseType) =>
      defaultPhases({ type, rollout: { strategy: 'canary' }, timeline: {} }).map(
        ({ activities }) => activities.length,
      );
    expect(counts('major')).toEqual([5, 5, 5, 5, 5]);
    expect(counts('minor')).toEqual([4, 4, 3, 3, 3]);
    expect(counts('patch')).toEqual([3, 3, 2, 3]);
  });

  it('have four results each', () => {
    expect(Object.values(PHASE_RESULTS).map((results) => results.length)).toEqual([4, 4, 4, 4, 4]);
  });

  it('exist for every type and strategy', () => {
    for (const type of RELEASE_TYPES)
      for (const strategy of STRATEGIES)
        for (const { length } of defaultPhases({ type, rollout: { strategy }, timeline: {} }))
          expect(offsetToDays(length)).toBeGreaterThan(0);
  });
});
