import type { RolloutFacts } from '../../../src/bot/cards/parts/rollout-status.ts';
import { rolloutCard } from '../../../src/bot/cards/rollout/rollout-card.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { UNANIMOUS } from '../../../src/core/go-no-go/poll-policy.ts';
import type { Vote } from '../../../src/core/go-no-go/vote.ts';
import { defaultPermissions } from '../../../src/core/permissions/permissions.ts';
import { ROLE_NAMES, type RoleName } from '../../../src/core/plan/roles.ts';
import type { GateResult } from '../../../src/core/rollout/evaluate-gate.ts';
import type { Release } from '../../../src/db/queries/load-release.ts';
import type { Poll } from '../../../src/db/queries/polls.ts';
import type { Operation, Rollout } from '../../../src/db/queries/rollouts.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';

const host = 'https://example.com';
/** With a page of each kind. */
const plan = {
  ...examplePlan(),
  links: {
    dashboard: `${host}/dashboard`,
    build: `${host}/build`,
    tickets: `${host}/tickets`,
    runbook: `${host}/runbook`,
    changes: `${host}/changes`,
    notes: `${host}/notes`,
  },
};

/** Go-live is on 18 June 2030 at 10:00 in Amsterdam. */
export function exampleRelease(changes: Partial<Release> = {}): Release {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    key: 'web-2.4.0',
    state: 'approved',
    plan,
    goLiveAt: Date.parse('2030-06-18T08:00:00Z'),
    pause: null,
    permissions: defaultPermissions,
    people: ROLE_NAMES.flatMap((role) => {
      const person = plan.roles[role];
      if (!person) return [];
      const identities = [{ platform: 'slack', id: `U-${role}` }];
      return [
        {
          role,
          position: 'holder' as const,
          personId: `U-${role}`,
          name: person.name,
          identities,
          isReachable: true,
        },
      ];
    }),
    destinations: [
      {
        address: '#release-deployment',
        destination: { channel: 'slack', kind: 'channel', id: 'C1' },
      },
    ],
    ...changes,
  };
}

export function vote(role: RoleName, choice: Vote['choice'], reason: string | null = null): Vote {
  const personName = plan.roles[role]?.name ?? role;
  return {
    role,
    choice,
    reason,
    inPlaceOf: null,
    category: choice === 'no_go' ? 'other' : null,
    condition: null,
    personId: `U-${role}`,
    personName,
    at: Date.parse('2030-06-17T13:00:00Z'),
  };
}

export function examplePoll(changes: Partial<Poll> = {}): Poll {
  return {
    id: '00000000-0000-4000-8000-000000000002',
    releaseId: exampleRelease().id,
    kind: 'decision',
    state: 'open',
    roles: [...plan.goNoGo.roles],
    policy: UNANIMOUS,
    contents: null,
    round: 1,
    changes: [],
    outdated: [],
    escalatedRoles: [],
    toldComplete: null,
    intro: [{ type: 'header', text: 'web-2.4.0: go or no-go?' }],
    openedAt: Date.parse('2030-06-17T12:00:00Z'),
    closesAt: Date.parse('2030-06-18T06:00:00Z'),
    closedAt: null,
    outcome: null,
    votes: [],
    ...changes,
  };
}

export function gate(metric: GateResult['metric'], state: GateResult['state']): GateResult {
  const title = metric === 'error-rate' ? 'Error rate' : 'Response time (95th percentile)';
  const shown =
    metric === 'error-rate' ? { pass: '0.04 %', fail: '2.50 %' } : { pass: '80 ms', fail: '900 ms' };
  const threshold = metric === 'error-rate' ? 'below 0.1 %' : 'below 200 ms';
  const value = state === 'unknown' ? null : shown[state];
  const sentence = value === null ? `${title}: no data.` : `${title} is ${value}; it must be ${threshold}.`;
  const below = metric === 'error-rate' ? 0.1 : 200;
  const readings = {
    pass: metric === 'error-rate' ? [0, 0.02, 0.01, 0.04] : [76, 92, 84, 80],
    fail: metric === 'error-rate' ? [0, 0.03, 1.1, 2.5] : [80, 90, 500, 900],
  };
  const read = state === 'unknown' ? [] : readings[state];
  return {
    metric,
    state,
    title,
    value,
    threshold,
    sentence,
    source: 'demo',
    at: 1,
    ...(state === 'fail' ? { oldVersion: metric === 'error-rate' ? '0.02 %' : '90 ms' } : {}),
    measure: value === null ? undefined : { reading: read.at(-1) ?? 0, below },
    history: read.map((reading, index) => ({ at: index, reading })),
    since: Date.parse('2030-06-18T08:08:00Z'),
  };
}

export function operation(changes: Partial<Operation> = {}): Operation {
  return {
    id: '00000000-0000-4000-8000-000000000003',
    seq: 1,
    releaseId: exampleRelease().id,
    target: 'demo',
    kind: 'promote',
    state: 'succeeded',
    fromPercent: 0,
    toPercent: 1,
    phaseIndex: 0,
    reason: null,
    requestedBy: 'slack:U-devops_lead',
    requestedByName: 'Dana Fischer',
    requestedAt: Date.parse('2030-06-18T08:05:00Z'),
    requestedWall: Date.parse('2030-06-18T08:05:00Z'),
    finishedAt: Date.parse('2030-06-18T08:05:02Z'),
    finishedWall: Date.parse('2030-06-18T08:05:02Z'),
    handle: null,
    deadlineAt: null,
    progress: null,
    notBefore: null,
    attempts: 0,
    observedPercent: 1,
    error: null,
    withoutGo: false,
    decisionId: null,
    ...changes,
  };
}

export function exampleRollout(changes: Partial<Rollout> = {}): Rollout {
  return {
    releaseId: exampleRelease().id,
    state: 'not_started',
    trafficPercent: 0,
    phaseIndex: -1,
    phaseSince: null,
    gates: [],
    gateWatch: null,
    ...{ ruleRuns: null, ruleAskedAt: null, disarmedUntil: null, disarmedBy: null, disarmedReason: null },
    ...{ heldAt: null, heldBy: null, heldReason: null, progressToldPhase: null },
    operations: [],
    ...changes,
  };
}

/** One hour and a minute after the first promotion. */
const rolledBackAt = Date.parse('2030-06-18T09:06:00Z');
const rollback = operation({
  kind: 'rollback',
  fromPercent: 10,
  toPercent: 0,
  phaseIndex: null,
  observedPercent: 0,
  reason: 'Checkout fails for one in forty.',
  requestedAt: rolledBackAt - 1_000,
  requestedWall: rolledBackAt - 1_000,
  finishedAt: rolledBackAt,
  finishedWall: rolledBackAt,
  requestedByName: 'Emil Novak',
});
const recorded = operation({
  state: 'recorded',
  fromPercent: null,
  toPercent: 50,
  phaseIndex: null,
  observedPercent: null,
  finishedWall: null,
  reason: 'EU only.',
  withoutGo: true,
});
const atOnePercent: Partial<Rollout> = {
  state: 'running',
  trafficPercent: 1,
  phaseIndex: 0,
  phaseSince: Date.parse('2030-06-18T08:05:02Z'),
  operations: [operation()],
};
const underWay = { state: 'running', finishedAt: null, observedPercent: null } as const;

export interface ExampleRollout {
  release?: Partial<Release>;
  rollout: Partial<Rollout>;
  facts?: Partial<RolloutFacts>;
  /** Else five minutes into the first phase. */
  now?: number;
}

/** A rollout in each state that its card tells apart. */
export const exampleRollouts: Record<string, ExampleRollout> = {
  'not-approved': { release: { state: 'in_planning' }, rollout: {}, now: Date.parse('2030-06-17T08:00:00Z') },
  approved: { rollout: {}, now: Date.parse('2030-06-18T07:00:00Z') },
  'not-started': { rollout: {} },
  'decision-open': { rollout: {}, facts: { isDecisionOpen: true } },
  'target-taken': { rollout: {}, facts: { targetTakenBy: 'app-1.0' } },
  frozen: {
    rollout: {},
    facts: {
      frozen: { name: 'Audit', until: Date.parse('2030-06-20T04:00:00Z'), zone: 'Europe/Amsterdam' },
    },
  },
  locked: {
    rollout: {},
    facts: {
      locked: {
        ownerName: 'Emil Novak',
        reason: 'web-2.3.9 was rolled back: Checkout fails.',
        since: Date.parse('2030-06-17T08:00:00Z'),
      },
    },
  },
  paused: {
    release: {
      pause: {
        since: Date.parse('2030-06-18T07:30:00Z'),
        until: Date.parse('2030-06-18T12:00:00Z'),
        reason: 'The payment provider is down.',
      },
    },
    rollout: {},
  },
  cancelled: { release: { state: 'cancelled' }, rollout: {} },
  'first-promotion-under-way': {
    release: { state: 'in_progress' },
    rollout: { operations: [operation(underWay)] },
  },
  'first-promotion-failed': {
    release: { state: 'in_progress' },
    rollout: { operations: [operation({ state: 'failed', observedPercent: null, error: 'no answer' })] },
  },
  soaking: {
    release: { state: 'in_progress' },
    rollout: { ...atOnePercent, gates: [gate('error-rate', 'pass'), gate('latency-p95', 'pass')] },
  },
  ready: {
    release: { state: 'in_progress' },
    rollout: { ...atOnePercent, gates: [gate('error-rate', 'pass'), gate('latency-p95', 'pass')] },
    now: Date.parse('2030-06-19T08:05:02Z'),
  },
  'unknown-gate': {
    release: { state: 'in_progress' },
    rollout: { ...atOnePercent, gates: [gate('error-rate', 'pass'), gate('latency-p95', 'unknown')] },
    now: Date.parse('2030-06-19T08:05:02Z'),
  },
  'failing-gate': {
    release: { state: 'in_progress' },
    rollout: { ...atOnePercent, gates: [gate('error-rate', 'fail'), gate('latency-p95', 'unknown')] },
  },
  'promotion-under-way': {
    release: { state: 'in_progress' },
    rollout: {
      ...atOnePercent,
      operations: [operation({ ...underWay, fromPercent: 1, toPercent: 10, phaseIndex: 1 }), operation()],
    },
  },
  'rollback-under-way': {
    release: { state: 'in_progress' },
    rollout: {
      ...atOnePercent,
      trafficPercent: 10,
      phaseIndex: 1,
      operations: [{ ...rollback, ...underWay }, operation({ state: 'cancelled' }), operation()],
    },
  },
  'rolled-back': {
    release: { state: 'rolled_back' },
    rollout: {
      ...atOnePercent,
      state: 'rolled_back',
      trafficPercent: 0,
      operations: [rollback, operation({ toPercent: 10, fromPercent: 1, phaseIndex: 1 }), operation()],
    },
  },
  'back-again': {
    release: { state: 'rolled_back' },
    rollout: {
      ...atOnePercent,
      state: 'rolled_back',
      trafficPercent: 10,
      operations: [{ ...rollback, observedPercent: 10 }, operation()],
    },
  },
  recorded: {
    release: { state: 'in_progress' },
    rollout: {
      ...atOnePercent,
      trafficPercent: 50,
      phaseIndex: 2,
      operations: [recorded],
    },
    facts: { hasDriver: false },
  },
  unrecorded: { rollout: {}, facts: { hasDriver: false } },
  completed: {
    release: { state: 'in_progress' },
    rollout: {
      ...atOnePercent,
      state: 'completed',
      trafficPercent: 100,
      phaseIndex: 3,
      phaseSince: Date.parse('2030-06-18T14:06:00Z'),
      operations: [operation({ fromPercent: 50, toPercent: 100, phaseIndex: 3 }), operation()],
    },
  },
};

/** Five minutes into the first phase. */
const shortlyAfter = Date.parse('2030-06-18T08:10:00Z');

/** The card of an example. */
export function exampleRolloutCard({ release, rollout, facts, now = shortlyAfter }: ExampleRollout): Card {
  return rolloutCard(exampleRelease(release), exampleRollout(rollout), now, { hasDriver: true, ...facts });
}
