import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RISK_TOLERANCES } from '../../../src/core/plan/planning-arguments.ts';
import { RISK_FACTOR_VALUES } from '../../../src/core/plan/risk-schema.ts';
import { assessRisk, MOST_POINTS, RISK_LEVELS } from '../../../src/core/risk/assess-risk.ts';
import { RISK_FACTOR_WORDS, RISK_FACTORS } from '../../../src/core/risk/risk-factors.ts';
import { describeLimits, RISK_MATRIX } from '../../../src/core/risk/risk-matrix.ts';
import { examplePlan } from '../plan/example-plan.ts';

const least = {
  codeComplexity: 'low',
  infrastructureChanges: 'none',
  databaseMigrations: 'none',
  externalDependencies: 'none',
  teamExperience: 'experienced',
  deploymentTiming: 'favourable',
} as const;

describe('the factors of S2 §3', () => {
  it('are these six, in this order', () => {
    expect(RISK_FACTORS.map((factor) => RISK_FACTOR_WORDS[factor].seedName)).toEqual([
      'code_complexity',
      'infrastructure_changes',
      'database_migrations',
      'external_dependencies',
      'team_experience',
      'deployment_timing',
    ]);
    expect(Object.keys(RISK_FACTOR_VALUES)).toEqual(RISK_FACTORS);
  });

  it('have the limits of the risk matrix', () => {
    expect(RISK_MATRIX).toEqual({
      low: { errorThreshold: 0.01, performanceThreshold: 1.2 },
      medium: { errorThreshold: 0.05, performanceThreshold: 1.5 },
      high: { errorThreshold: 0.1, performanceThreshold: 2.0 },
      'zero-downtime': { errorThreshold: 0.001, performanceThreshold: 1.05 },
    });
    expect(RISK_TOLERANCES.map(describeLimits)).toEqual([
      'error rate above 1 %, or responses more than 1.2 times as slow as before',
      'error rate above 5 %, or responses more than 1.5 times as slow as before',
      'error rate above 10 %, or responses more than 2 times as slow as before',
      'error rate above 0.1 %, or responses more than 1.05 times as slow as before',
    ]);
  });

  it('are described in the docs with every value', () => {
    const docs = readFileSync('docs/plans.md', 'utf8');
    for (const [factor, values] of Object.entries(RISK_FACTOR_VALUES)) {
      const row = docs.split('\n').find((line) => line.startsWith(`| \`${factor}\``));
      for (const value of values) expect(row).toContain(`\`${value}\``);
    }
  });
});

describe('the risk of a plan', () => {
  it.each([
    [{}, 0, 'low', 'rolling'],
    [{ databaseMigrations: 'reversible' }, 1, 'low', 'rolling'],
    [{ databaseMigrations: 'irreversible' }, 2, 'medium', 'blue-green'],
    [{ codeComplexity: 'high', teamExperience: 'new' }, 4, 'medium', 'blue-green'],
    [
      {
        codeComplexity: 'high',
        infrastructureChanges: 'large',
        databaseMigrations: 'irreversible',
        externalDependencies: 'new',
      },
      8,
      'high',
      'canary',
    ],
  ] as const)('of %j is %i points, %s: %s', (changes, score, level, recommendedStrategy) => {
    const plan = examplePlan({ risk: { ...least, ...changes } });
    expect(assessRisk(plan)).toMatchObject({ score, level, recommendedStrategy });
  });

  it('is derived where the plan does not say, and says from what', () => {
    const plan = examplePlan({
      type: 'major',
      frequency: 'weekly',
      risk: { databaseMigrations: 'reversible' },
    });
    const found = assessRisk(plan).factors.map(({ value, isGiven, because }) => [value, isGiven, because]);
    expect(found).toEqual([
      ['high', false, 'a major release'],
      ['none', false, null],
      ['reversible', true, null],
      ['none', false, null],
      ['experienced', false, 'weekly releases'],
      ['favourable', false, 'the date and time of go-live'],
    ]);
  });

  it.each([
    ['2030-06-18', '10:00', 'favourable'],
    ['2030-06-18', '16:00', 'tight'],
    ['2030-06-18', '06:59', 'tight'],
    ['2030-06-18', '22:00', 'unfavourable'],
    ['2030-06-21', '10:00', 'tight'],
    ['2030-06-22', '10:00', 'unfavourable'],
  ])('finds the timing of %s %s %s', (date, time, value) => {
    const plan = examplePlan({ goLive: { date, time, zone: 'Europe/Amsterdam' } });
    expect(assessRisk(plan).factors.at(-1)).toMatchObject({ factor: 'deploymentTiming', value });
  });

  it.each([
    ['zero-downtime', true],
    ['low', true],
    ['medium', false],
    ['high', false],
  ] as const)('of level medium is more than tolerance %s accepts: %s', (riskTolerance, exceedsTolerance) => {
    const plan = examplePlan({ riskTolerance, risk: { ...least, databaseMigrations: 'irreversible' } });
    expect(assessRisk(plan)).toMatchObject({ level: 'medium', exceedsTolerance });
  });

  it('says what to do about what adds most first, and about nothing else', () => {
    const risk = { ...least, codeComplexity: 'medium', deploymentTiming: 'unfavourable' } as const;
    expect(assessRisk(examplePlan({ risk })).mitigations).toEqual([
      'Move go-live to working hours from Monday to Thursday, or staff the hours after it.',
      'Run the full regression tests on what changes.',
    ]);
    expect(assessRisk(examplePlan({ risk: least })).mitigations).toEqual([]);
  });

  it('never falls when a factor rises', () => {
    const places = fc.tuple(...RISK_FACTORS.map(() => fc.integer({ min: 0, max: 2 })));
    const assess = (at: readonly number[]) => {
      const entries = RISK_FACTORS.map((factor, index) => [
        factor,
        RISK_FACTOR_VALUES[factor][at[index] ?? 0],
      ]);
      return assessRisk(examplePlan({ risk: Object.fromEntries(entries) }));
    };
    fc.assert(
      fc.property(places, fc.nat(RISK_FACTORS.length - 1), (at, raised) => {
        const before = assess(at);
        const after = assess(at.map((place, index) => (index === raised ? Math.min(2, place + 1) : place)));
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        expect(RISK_LEVELS.indexOf(after.level)).toBeGreaterThanOrEqual(RISK_LEVELS.indexOf(before.level));
        expect(after.score).toBeLessThanOrEqual(MOST_POINTS);
      }),
    );
  });
});
