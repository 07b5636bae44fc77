import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineText } from '../../../src/core/card/line.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type ReleaseState, releaseStates } from '../../../src/core/release/release-state.ts';
import {
  decidePromotion,
  type PromotionTarget,
  type RolloutView,
} from '../../../src/core/rollout/decide-promotion.ts';
import type { GateResult } from '../../../src/core/rollout/evaluate-gate.ts';

const hour = 3_600_000;
const now = 1_000 * hour;
const criteria: Plan['rollout']['phases'][number]['criteria'] = [
  { metric: 'error-rate', below: 0.1, unit: 'percent', window: 'PT5M', minRequests: 100 },
  { metric: 'latency-p95', below: 200, unit: 'ms', window: 'PT5M', minRequests: 100 },
];
const phases: Plan['rollout']['phases'] = [
  { trafficPercent: 1, soak: 'PT1H', criteria },
  { trafficPercent: 10, soak: 'PT2H', criteria },
  { trafficPercent: 100, soak: 'PT0S', criteria: [] },
];

function gate(metric: GateResult['metric'], state: GateResult['state'] = 'pass'): GateResult {
  const sentence = `${metric} is ${state}`;
  return { metric, state, title: metric, value: null, threshold: '', sentence, source: 'demo', at: null };
}
const green = [gate('error-rate'), gate('latency-p95')];

/** At 10 %, soaked, nothing in the way. */
const soaked: RolloutView = {
  releaseState: 'in_progress',
  goLiveAt: now - 4 * hour,
  state: 'running',
  phaseIndex: 1,
  phaseSince: now - 2 * hour,
  openPoll: null,
  whoAsksGoNoGo: null,
  targetTakenBy: null,
  activeOperation: null,
};
const before: RolloutView = {
  ...soaked,
  releaseState: 'approved',
  state: 'not_started',
  phaseIndex: -1,
  phaseSince: null,
};

function decide(rollout: RolloutView, gates = green, target: PromotionTarget = 'next', plan = phases) {
  return decidePromotion(rollout, plan, { target, gates }, now);
}

function reasonsOf(rollout: RolloutView, gates = green, target: PromotionTarget = 'next'): string[] {
  const decision = decide(rollout, gates, target);
  return decision.ok ? [] : decision.reasons.map(lineText);
}

describe('a promotion while a go/no-go is open', () => {
  it('waits for the decision, which may take the approval back', () => {
    expect(reasonsOf({ ...before, openPoll: 'decision' }, [])).toEqual([
      'A go/no-go is open, and its decision comes first.',
    ]);
  });
});

describe('a promotion that may be', () => {
  it('takes the first phase at go-live, without any gate', () => {
    const atGoLive = { ...before, goLiveAt: now };
    expect(decide(atGoLive, [])).toEqual({ ok: true, phaseIndex: 0, toPercent: 1 });
  });

  it('takes the next phase once the soak is over and every gate is green', () => {
    expect(decide(soaked)).toEqual({ ok: true, phaseIndex: 2, toPercent: 100 });
  });

  it.each(['next', 'full', 100] as const)(
    'may be asked for as %s when the next phase is the last',
    (target) => {
      expect(decide(soaked, green, target)).toMatchObject({ ok: true, toPercent: 100 });
    },
  );
});

describe('a promotion without a go decision', () => {
  const undecided: RolloutView = { ...before, releaseState: 'in_planning' };
  it.each<[string, Partial<RolloutView>, string]>([
    ['this person can ask for it', {}, 'Ask for one with "release go-no-go".'],
    ['somebody else can', { whoAsksGoNoGo: 'Rita Moreno' }, 'Who can ask for one: Rita Moreno.'],
    ['it is being asked', { openPoll: 'decision' }, 'The go/no-go is open; it ends with the decision.'],
    [
      'a check is open',
      { openPoll: 'readiness', whoAsksGoNoGo: 'Rita Moreno' },
      'The readiness check is open; the go/no-go comes after it.',
    ],
  ])('says what can be done when %s', (_, changes, advice) => {
    expect(reasonsOf({ ...undecided, ...changes })).toEqual([`There is no go decision. ${advice}`]);
  });
});

describe('a promotion that may not be', () => {
  it.each<[string, RolloutView, RegExp]>([
    ['without a go decision', { ...before, releaseState: 'in_planning' }, /no go decision/],
    ['of a draft', { ...before, releaseState: 'draft' }, /no go decision/],
    ['of a cancelled release', { ...before, releaseState: 'cancelled' }, /is cancelled/],
    ['of a completed release', { ...soaked, releaseState: 'completed' }, /is completed/],
    ['before go-live', { ...before, goLiveAt: now + 90_000 }, /Go-live is in 1 minute 30 seconds/],
    ['after a rollback', { ...soaked, state: 'rolled_back' }, /rolled back/],
    ['of a complete rollout', { ...soaked, state: 'completed', phaseIndex: 2 }, /already at 100 %/],
    ['beyond the last phase', { ...soaked, phaseIndex: 2 }, /already at its last phase/],
    [
      'during a promotion',
      { ...soaked, activeOperation: { kind: 'promote', toPercent: 10 } },
      /promotion to 10 %/,
    ],
    [
      'during a rollback',
      { ...soaked, activeOperation: { kind: 'rollback', toPercent: 0 } },
      /rollback is under way/,
    ],
    [
      'while another release has the target',
      { ...before, goLiveAt: now, targetTakenBy: 'web-2.3.9' },
      /web-2\.3\.9 is being rolled out on the same system/,
    ],
    ['during the soak', { ...soaked, phaseSince: now - hour }, /soak is not over: 1 hour to go/],
  ])('%s', (_what, rollout, reason) => {
    expect(reasonsOf(rollout)).toEqual([expect.stringMatching(reason)]);
  });

  it('of a plan without phases', () => {
    expect(decide(before, [], 'next', [])).toMatchObject({ ok: false, reasons: ['The plan has no phases.'] });
  });

  it.each(['fail', 'unknown'] as const)('while a gate is %s, whichever it is', (state) => {
    expect(reasonsOf(soaked, [gate('error-rate', state), gate('latency-p95')])).toEqual([
      `error-rate is ${state}`,
    ]);
    expect(reasonsOf(soaked, [gate('error-rate'), gate('latency-p95', state)])).toEqual([
      `latency-p95 is ${state}`,
    ]);
  });

  it('while a criterion has no gate result at all', () => {
    expect(reasonsOf(soaked, [])).not.toEqual([]);
    expect(reasonsOf(soaked, [gate('error-rate')])).not.toEqual([]);
  });

  it.each([1, 10, 50, 'full'] as const)('to %s from nothing, unless that is the next phase', (target) => {
    expect(decide(before, [], target).ok).toBe(target === 1);
  });

  it('and tells every unmet condition at once', () => {
    const early = { ...soaked, phaseIndex: 0, phaseSince: now - hour / 2 };
    const red = [gate('error-rate', 'fail'), gate('latency-p95', 'unknown')];
    expect(reasonsOf(early, red, 'full')).toEqual([
      'The next phase is 10 %, not 100 %; phases are taken one after the other.',
      'The soak is not over: 30 minutes to go.',
      'error-rate is fail',
      'latency-p95 is unknown',
    ]);
  });
});

describe('any promotion', () => {
  const anyGate = fc.constantFrom<GateResult['state']>('pass', 'fail', 'unknown');
  const view = fc.record({
    releaseState: fc.constantFrom<ReleaseState>(...releaseStates),
    goLiveAt: fc.constantFrom(now - hour, now, now + 1),
    state: fc.constantFrom<RolloutView['state']>('not_started', 'running', 'completed', 'rolled_back'),
    phaseIndex: fc.integer({ min: -1, max: 2 }),
    phaseSince: fc.constantFrom(now - 3 * hour, now - hour, now),
    openPoll: fc.constantFrom('decision' as const, 'readiness' as const, null),
    whoAsksGoNoGo: fc.constantFrom('Rita Moreno', null),
    targetTakenBy: fc.constantFrom(null, 'web-2.3.9'),
    activeOperation: fc.constantFrom<RolloutView['activeOperation']>(
      null,
      { kind: 'promote', toPercent: 10 },
      { kind: 'rollback', toPercent: 0 },
    ),
  });

  it('is allowed only when nothing at all speaks against it', () => {
    fc.assert(
      fc.property(view, anyGate, anyGate, (rollout, first, second) => {
        const decision = decide(rollout, [gate('error-rate', first), gate('latency-p95', second)]);
        if (!decision.ok) {
          expect(decision.reasons.length).toBeGreaterThan(0);
          return;
        }
        expect(['approved', 'in_progress']).toContain(rollout.releaseState);
        expect(['not_started', 'running']).toContain(rollout.state);
        expect(rollout.goLiveAt).toBeLessThanOrEqual(now);
        expect(rollout.activeOperation).toBeNull();
        expect(rollout.targetTakenBy).toBeNull();
        expect(rollout.openPoll).not.toBe('decision');
        expect(decision.phaseIndex).toBe(rollout.phaseIndex + 1);
        if (rollout.phaseIndex >= 0) expect([first, second]).toEqual(['pass', 'pass']);
      }),
      { numRuns: 500 },
    );
  });
});
