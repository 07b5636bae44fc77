import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promotionNeedsSecondPerson } from '../../../src/core/requests/needs-second-person.ts';
import {
  decideRequest,
  type RequestDecision,
  type RequestState,
  requestDecisions,
  requestStates,
} from '../../../src/core/requests/request-state.ts';
import { examplePlan } from '../plan/example-plan.ts';

const expiresAt = 1_000;

describe('a decision on a request', () => {
  const open: [RequestDecision, isOwn: boolean, now: number, expected: string][] = [
    ['approve', false, 999, 'approved'],
    ['approve', true, 999, 'own'],
    ['approve', false, 1_000, 'lapsed'],
    ['refuse', false, 0, 'refused'],
    ['refuse', true, 0, 'own'],
    ['withdraw', true, 0, 'withdrawn'],
    ['withdraw', false, 0, 'not-own'],
    ['withdraw', true, 1_000, 'lapsed'],
  ];
  it.each(open)('to %s, by whoever asked: %s, at %i, gives %s', (decision, isOwn, now, expected) => {
    const decided = decideRequest({ state: 'open', expiresAt }, { decision, isOwn, now });
    expect(decided.ok ? decided.state : decided.problem).toBe(expected);
  });

  it('is taken once', () => {
    for (const state of requestStates.filter((each) => each !== 'open'))
      for (const decision of requestDecisions)
        for (const isOwn of [true, false])
          expect(decideRequest({ state, expiresAt }, { decision, isOwn, now: 0 })).toEqual({
            ok: false,
            problem: state === 'lapsed' ? 'lapsed' : 'decided',
          });
  });
});

it('is needed for a promotion by risk, plan and organization', () => {
  const needed = (riskTolerance: 'low' | 'medium' | 'zero-downtime', secondPerson?: boolean) => {
    const plan = examplePlan({ riskTolerance });
    const rollout = { ...plan.rollout, ...(secondPerson === undefined ? {} : { secondPerson }) };
    return (['by-risk', 'always', 'by-plan'] as const).filter((policy) =>
      promotionNeedsSecondPerson({ riskTolerance, rollout }, { secondPerson: policy }),
    );
  };
  expect(needed('medium')).toEqual(['always']);
  expect(needed('low')).toEqual(['by-risk', 'always']);
  expect(needed('zero-downtime')).toEqual(['by-risk', 'always']);
  expect(needed('low', false)).toEqual(['always']);
  expect(needed('medium', true)).toEqual(['by-risk', 'always', 'by-plan']);
});

// The same rule twice: as the product has it, and as simple as it can be said.
it('is never approved by whoever asked, and used at most once, whatever happens in which order', () => {
  const people = fc.constantFrom('ana', 'ben', 'cleo');
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('decide' as const),
      by: people,
      decision: fc.constantFrom(...requestDecisions),
    }),
    fc.record({ kind: fc.constant('link' as const), a: people, b: people }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 600 }) }),
  );
  fc.assert(
    fc.property(people, fc.array(step, { maxLength: 20 }), (asker, steps) => {
      let [now, state] = [0, 'open' as RequestState];
      const same = new Map<string, string>();
      const who = (name: string): string => {
        const next = same.get(name);
        return next === undefined ? name : who(next);
      };
      const used: string[] = [];
      for (const each of steps) {
        if (each.kind === 'wait') now += each.ms;
        else if (each.kind === 'link') {
          if (who(each.a) !== who(each.b)) same.set(who(each.a), who(each.b));
        } else {
          const isOwn = who(each.by) === who(asker);
          const decided = decideRequest({ state, expiresAt }, { decision: each.decision, isOwn, now });
          const expected = state === 'open' && now < expiresAt && (each.decision === 'withdraw') === isOwn;
          expect(decided.ok).toBe(expected);
          if (decided.ok) state = decided.state;
          if (decided.ok && decided.state === 'approved') used.push(who(each.by));
        }
      }
      expect(used.length).toBeLessThanOrEqual(1);
    }),
  );
});
