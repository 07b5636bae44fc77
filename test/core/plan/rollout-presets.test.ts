import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../src/core/calendar/duration.ts';
import { presetsOf } from '../../../src/core/plan/choose-preset.ts';
import { type Plan, planSchema } from '../../../src/core/plan/plan.ts';
import { RELEASE_TYPES, RISK_TOLERANCES, STRATEGIES } from '../../../src/core/plan/planning-arguments.ts';
import { presetOf } from '../../../src/core/plan/preset-of.ts';
import { HEALTH_CHECK_TIMEOUT, ROLLING_BATCHES } from '../../../src/core/plan/rolling-batches.ts';
import { PRESET_NAMES, PRESETS } from '../../../src/core/plan/rollout-presets.ts';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { examplePlan, SMALLEST_PLAN } from './example-plan.ts';

type Written = NonNullable<Parameters<typeof examplePlan>[0]>['rollout'];

/** Percent, soak, error rate and response time of each phase. */
function figuresOf(rollout: Written, riskTolerance: Plan['riskTolerance'] = 'medium') {
  return examplePlan({ riskTolerance, rollout }).rollout.phases.map(({ trafficPercent, soak, criteria }) => [
    trafficPercent,
    soak,
    ...criteria.map(({ below }) => below),
  ]);
}

function soaksOf(rollout: Written, riskTolerance: Plan['riskTolerance']) {
  return examplePlan({ riskTolerance, rollout })
    .rollout.phases.slice(0, -1)
    .map(({ soak }) => soak);
}

const audiencesOf = (rollout: Written) =>
  examplePlan({ rollout }).rollout.phases.map((phase) => phase.audience);

describe('staged', () => {
  it('has the four phases of S1 §2.2; "within SLA" is S1 §5.3', () => {
    expect(figuresOf({ preset: 'staged' })).toEqual([
      [1, 'PT24H', 0.1, 200],
      [10, 'PT48H', 0.05, 150],
      [50, 'PT72H', 0.1, 200],
      [100, 'PT0S'],
    ]);
  });

  it('has the audiences of S1 §2.2', () => {
    expect(audiencesOf({ preset: 'staged' })).toEqual([
      'Internal users and early adopters',
      'Beta users and selected customers',
      'Half of production traffic',
      'All production users',
    ]);
  });
});

describe('quick', () => {
  it('has the shares and success criteria of the canary of S2 §2', () => {
    expect(figuresOf({ preset: 'quick' })).toEqual([
      [5, 'PT4H', 0.1, 500],
      [25, 'PT4H', 0.1, 500],
      [50, 'PT4H', 0.1, 500],
      [100, 'PT0S'],
    ]);
  });

  it.each([
    ['low', 'PT24H'],
    ['medium', 'PT4H'],
    ['high', 'PT1H'],
    // Not named by S2; the strictest limits of S2 §3 are no reason for the shortest phase.
    ['zero-downtime', 'PT24H'],
  ] as const)('lasts as S2 §2 says at risk tolerance %s', (riskTolerance, soak) => {
    expect(soaksOf({ preset: 'quick' }, riskTolerance)).toEqual([soak, soak, soak]);
  });
});

describe('blue-green', () => {
  it('shifts gradually from 0 % by the shares of S1 §4.3', () => {
    expect(figuresOf({ strategy: 'blue-green' }).map(([share]) => share)).toEqual([5, 25, 50, 100]);
  });

  it('or cuts over at once (S2 §2), and blue is kept for 24 hours (S1 §4.3)', () => {
    expect(figuresOf({ preset: 'cut-over' })).toEqual([[100, 'PT24H', 0.1, 200]]);
  });
});

describe('rolling', () => {
  it.each([
    ['low', [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 'PT5M'],
    ['medium', [25, 50, 75, 100], 'PT2M'],
    ['high', [50, 100], 'PT2M'],
    ['zero-downtime', [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 'PT5M'],
  ] as const)('has the batches and waits of S2 §2 at risk tolerance %s', (riskTolerance, shares, wait) => {
    const rollout = { strategy: 'rolling' } as const;
    expect(figuresOf(rollout, riskTolerance).map(([share]) => share)).toEqual(shares);
    expect(new Set(soaksOf(rollout, riskTolerance))).toEqual(new Set([wait]));
  });

  it('counts whole instances where their number is known', () => {
    const shares = (instances: number, riskTolerance: Plan['riskTolerance']) =>
      figuresOf({ strategy: 'rolling', instances }, riskTolerance).map(([share]) => share);
    expect(shares(3, 'low')).toEqual([33.33, 66.67, 100]);
    expect(shares(3, 'medium')).toEqual([33.33, 66.67, 100]);
    expect(shares(8, 'medium')).toEqual([25, 50, 75, 100]);
    expect(shares(5, 'high')).toEqual([40, 80, 100]);
    expect(shares(1, 'high')).toEqual([100]);
  });

  it('judges a batch over no more than the wait after it', () => {
    for (const riskTolerance of RISK_TOLERANCES) {
      const { phases } = examplePlan({ riskTolerance, rollout: { strategy: 'rolling' } }).rollout;
      for (const { soak, criteria } of phases)
        for (const { window } of criteria) expect(durationMs(window)).toBeLessThanOrEqual(durationMs(soak));
    }
  });

  it('keeps at most 1 instance or 25 % down, each checked within 30 seconds (S2 §2)', () => {
    expect(RISK_TOLERANCES.map((one) => ROLLING_BATCHES[one].maxUnavailable)).toEqual([
      '1 instance',
      '25 % of the instances',
      '25 % of the instances',
      '1 instance',
    ]);
    expect(HEALTH_CHECK_TIMEOUT).toBe('PT30S');
  });
});

describe('feature-toggle', () => {
  it('goes through the four steps of S2 §2, with the percentages of S1 §2.2 and §2.3', () => {
    const rollout = { strategy: 'feature-toggle' } as const;
    expect(figuresOf(rollout).map(([share]) => share)).toEqual([1, 10, 25, 50, 100]);
    expect(audiencesOf(rollout)).toEqual([
      'The development team only',
      'Selected beta users',
      'A quarter of all users',
      'Half of all users',
      'All users',
    ]);
  });
});

describe('big-bang', () => {
  it('is one phase, watched as long as the longest of S1 §2.2', () => {
    expect(figuresOf({ strategy: 'big-bang' })).toEqual([[100, 'PT72H', 0.1, 200]]);
  });
});

const everyPlan = STRATEGIES.flatMap((strategy) =>
  RISK_TOLERANCES.flatMap((riskTolerance) =>
    RELEASE_TYPES.map((type) => examplePlan({ type, riskTolerance, rollout: { strategy } })),
  ),
);

describe('every strategy, risk tolerance and type', () => {
  it('compiles to phases that rise to 100 %, each with an audience, from a preset of its strategy', () => {
    expect(everyPlan).toHaveLength(100);
    for (const { rollout } of everyPlan) {
      expect(presetsOf(rollout.strategy)).toContain(rollout.preset);
      const shares = rollout.phases.map(({ trafficPercent }) => trafficPercent);
      expect(shares).toEqual([...new Set(shares)].sort((left, right) => left - right));
      expect(shares.at(-1)).toBe(100);
      for (const { audience } of rollout.phases) expect(audience).toBeTruthy();
    }
  });

  it('is left as it is when it is read again', () => {
    for (const plan of everyPlan) expect(planSchema.parse(plan)).toEqual(plan);
  });

  it('watches the last phase by criteria of its own or of the one before', () => {
    for (const { rollout } of everyPlan)
      expect(rollout.phases.some(({ criteria }) => criteria.length > 0)).toBe(true);
  });

  it('names staged for a canary of a major release only, and cut-over at risk tolerance high only', () => {
    const named = (preset: string) => everyPlan.filter(({ rollout }) => rollout.preset === preset);
    expect(new Set(named('staged').map(({ type }) => type))).toEqual(new Set(['major']));
    expect(new Set(named('quick').map(({ type }) => type)).has('major')).toBe(false);
    expect(new Set(named('cut-over').map((plan) => plan.riskTolerance))).toEqual(new Set(['high']));
  });
});

describe('what a plan says of its rollout', () => {
  const problemsOf = (rollout: string) => {
    const read = parsePlan(`${SMALLEST_PLAN}rollout: ${rollout}\n`);
    return read.ok
      ? []
      : read.problems.map(({ path, message, expected }) => `${path} ${message}; ${expected}`);
  };

  it('means the strategy of the preset where it names no strategy', () => {
    for (const preset of PRESET_NAMES)
      expect(examplePlan({ rollout: { preset } }).rollout).toMatchObject({
        preset,
        strategy: PRESETS[preset].strategy,
      });
  });

  it('is refused where preset and strategy, or instances and strategy, do not go together', () => {
    expect(problemsOf('{ strategy: rolling, preset: staged }')).toEqual([
      'rollout.preset is "staged", which belongs to canary, not to rolling; batches',
    ]);
    expect(problemsOf('{ strategy: canary, preset: gradual, instances: 4 }')).toEqual([
      'rollout.preset is "gradual", which belongs to blue-green, not to canary; staged or quick',
      'rollout.instances is for rolling deployments only; no instances, or strategy: rolling',
    ]);
    expect(problemsOf('{ preset: stagd }')[0]).toMatch(/^rollout\.preset is "stagd"/);
    expect(problemsOf('{ strategy: rolling, instances: 4 }')).toEqual([]);
  });

  it('keeps phases of its own, which come from no preset', () => {
    const phases = [{ trafficPercent: 30, audience: 'VIP customers' }, { trafficPercent: 100 }];
    const own = examplePlan({ rollout: { strategy: 'rolling', phases } });
    expect(own.rollout.phases.map(({ audience }) => audience)).toEqual(['VIP customers', undefined]);
    expect(own.rollout.preset).toBeUndefined();
    expect(presetOf(own)).toBeNull();
    expect(presetOf(examplePlan({ rollout: { preset: 'staged', phases } }))).toBeNull();
    expect(presetOf(examplePlan({ rollout: { preset: 'staged' } }))?.name).toBe('staged');
  });
});
