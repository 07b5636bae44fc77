import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideOutcome, isGo, tallyVotes } from '../../../src/core/go-no-go/decide-poll.ts';
import {
  askedBy,
  describePolicy,
  type PollPolicy,
  UNANIMOUS,
} from '../../../src/core/go-no-go/poll-policy.ts';
import { countsAs, VOTE_CHOICES, type Vote } from '../../../src/core/go-no-go/vote.ts';
import { POLICY_RULES } from '../../../src/core/plan/go-no-go-policy-schema.ts';
import { MATRIX_ROLES, ROLE_NAMES, type RoleName } from '../../../src/core/plan/roles.ts';
import { exampleRelease } from '../../bot/cards/examples.ts';

const condition = fc.record({
  text: fc.constant('The tests pass.'),
  owner: fc.constantFrom(...ROLE_NAMES),
  dueAt: fc.constant(2),
  state: fc.constantFrom('open' as const, 'met' as const, 'unmet' as const),
});
const vote: fc.Arbitrary<Vote> = fc
  .record({ role: fc.constantFrom(...ROLE_NAMES), choice: fc.constantFrom(...VOTE_CHOICES), condition })
  .map(({ role, choice, condition: asked }) =>
    voteOf(role, choice, choice === 'conditional_go' ? asked : null),
  );
const votes = fc.uniqueArray(vote, { selector: ({ role }) => role });

/** Roles, some of which have a veto, or no weight. */
const asked = fc
  .shuffledSubarray([...ROLE_NAMES], { minLength: 1 })
  .chain((roles) =>
    fc.record({
      roles: fc.constant(roles),
      rule: fc.constantFrom(...POLICY_RULES),
      quorum: fc.integer({ min: 1, max: roles.length }),
      veto: fc.subarray(roles),
      observers: fc.subarray(roles.slice(1)),
    }),
  )
  .map(({ roles, rule, quorum, veto, observers }) => ({
    roles,
    policy: {
      rule,
      quorum: rule === 'quorum' ? quorum : null,
      veto: veto.filter((role) => !observers.includes(role)),
      observers,
      path: 'regular',
    } satisfies PollPolicy,
  }));

function voteOf(role: RoleName, choice: Vote['choice'], asksFor: Vote['condition'] = null): Vote {
  const base = { inPlaceOf: null, category: null, reason: 'So.', personId: role, personName: role, at: 1 };
  return { role, choice, condition: asksFor, ...base };
}

describe('whatever the policy', () => {
  it('another go never makes an outcome worse, and another no-go never better', () => {
    const worth = { no_go: 0, timed_out: 1, go: 2 };
    fc.assert(
      fc.property(asked, votes, fc.nat(), (poll, cast, pick) => {
        const role = poll.roles[pick % poll.roles.length] ?? 'qa_lead';
        const others = cast.filter((one) => one.role !== role);
        const before = worth[tallyVotes(poll, cast).outcome];
        const withGo = worth[tallyVotes(poll, [...others, voteOf(role, 'go')]).outcome];
        const withNoGo = worth[tallyVotes(poll, [...others, voteOf(role, 'no_go')]).outcome];
        expect(withGo).toBeGreaterThanOrEqual(before);
        expect(withNoGo).toBeLessThanOrEqual(before);
      }),
    );
  });

  it('times out exactly when the missing votes could have made it a go', () => {
    fc.assert(
      fc.property(asked, votes, (poll, cast) => {
        const tally = tallyVotes(poll, cast);
        const filled = tally.missing.map((role) => voteOf(role, 'go'));
        const atBest = tallyVotes(poll, [...cast, ...filled]).outcome;
        if (tally.outcome === 'timed_out') expect(tally.missing.length).toBeGreaterThan(0);
        if (tally.outcome !== 'go') expect(tally.outcome === 'timed_out').toBe(atBest === 'go');
      }),
    );
  });

  it('is blocked by a veto, and needs somebody in favour', () => {
    fc.assert(
      fc.property(asked, votes, (poll, cast) => {
        const tally = tallyVotes(poll, cast);
        const vetoed = tally.against.some(({ role }) => poll.policy.veto.includes(role));
        const inFavour = tally.byRole.some(({ vote: one }) => one !== null && countsAs(one) === 'for');
        if (vetoed) expect(tally.outcome).toBe('no_go');
        if (tally.outcome === 'go') expect(inFavour).toBe(true);
      }),
    );
  });

  it('an observer changes nothing', () => {
    fc.assert(
      fc.property(asked, votes, (poll, cast) => {
        const weighed = cast.filter(({ role }) => !poll.policy.observers.includes(role));
        const { outcome, missing, against } = tallyVotes(poll, cast);
        expect(tallyVotes(poll, weighed)).toMatchObject({ outcome, missing, against });
      }),
    );
  });

  it('a condition that was not met counts as a no-go, and any other as a go', () => {
    fc.assert(
      fc.property(asked, votes, (poll, cast) => {
        const plain = cast.map((one): Vote => {
          if (one.choice !== 'conditional_go') return one;
          return voteOf(one.role, one.condition?.state === 'unmet' ? 'no_go' : 'go');
        });
        expect(tallyVotes(poll, cast).outcome).toBe(tallyVotes(poll, plain).outcome);
      }),
    );
  });

  it('silence takes no go back', () => {
    fc.assert(
      fc.property(asked, votes, (poll, cast) => {
        const tally = tallyVotes(poll, cast);
        expect(isGo(decideOutcome(tally, { goStands: true }))).toBe(tally.outcome !== 'no_go');
      }),
    );
  });
});

describe.each([
  ['unanimous', null, { go: 6 }, 'go'],
  ['unanimous', null, { go: 5, abstain: 1 }, 'go'],
  ['unanimous', null, { abstain: 6 }, 'no_go'],
  ['unanimous', null, { go: 5 }, 'timed_out'],
  ['unanimous', null, { go: 4, no_go: 1 }, 'no_go'],
  ['quorum', 4, { go: 4 }, 'go'],
  ['quorum', 4, { go: 4, no_go: 2 }, 'go'],
  ['quorum', 4, { go: 3, no_go: 2 }, 'timed_out'],
  ['quorum', 4, { go: 3, no_go: 3 }, 'no_go'],
  ['quorum', 4, { go: 3, abstain: 3 }, 'no_go'],
  ['majority', null, { go: 4 }, 'go'],
  ['majority', null, { go: 3, no_go: 3 }, 'no_go'],
  ['majority', null, { go: 3, no_go: 2, abstain: 1 }, 'go'],
  ['majority', null, { go: 3, no_go: 2 }, 'timed_out'],
] as const)('%s %s with %j', (rule, quorum, cast, outcome) => {
  it(`is ${outcome}`, () => {
    const choices = Object.entries(cast).flatMap(([choice, count]) =>
      Array.from({ length: count }, () => choice as Vote['choice']),
    );
    const all = MATRIX_ROLES.flatMap((role, index) => {
      const choice = choices[index];
      return choice ? [voteOf(role, choice)] : [];
    });
    expect(tallyVotes({ roles: MATRIX_ROLES, policy: { ...UNANIMOUS, rule, quorum } }, all).outcome).toBe(
      outcome,
    );
  });
});

describe('the policy of a plan', () => {
  const { plan } = exampleRelease();
  const { goNoGo } = plan;
  const emergency = { roles: ['release_manager', 'devops_lead'] as RoleName[] };

  it('is that all who vote agree, unless it says otherwise', () => {
    expect(askedBy(plan, 'decision')).toEqual({ roles: goNoGo.roles, policy: UNANIMOUS });
  });

  it('asks observers after those who vote', () => {
    const policy = { rule: 'majority' as const, veto: [], observers: ['support_lead' as const] };
    const other = { ...plan, goNoGo: { ...goNoGo, policy } };
    expect(askedBy(other, 'decision')).toMatchObject({
      roles: [...goNoGo.roles, 'support_lead'],
      policy: { rule: 'majority', observers: ['support_lead'], path: 'regular' },
    });
  });

  it('goes the emergency path for the decision on a hotfix alone', () => {
    const of = (type: 'hotfix' | 'minor', kind: 'readiness' | 'decision') =>
      askedBy({ ...plan, type, goNoGo: { ...goNoGo, emergency } }, kind);
    expect(of('hotfix', 'decision')).toEqual({
      roles: emergency.roles,
      policy: { ...UNANIMOUS, path: 'emergency' },
    });
    expect(of('hotfix', 'readiness').policy.path).toBe('regular');
    expect(of('minor', 'decision').policy.path).toBe('regular');
  });

  it('is put into words', () => {
    const veto: RoleName[] = ['security_lead'];
    expect(describePolicy({ ...UNANIMOUS, rule: 'quorum', quorum: 4, veto }, 6)).toBe(
      'at least 4 of 6 roles have to vote go; a no-go of Security Lead blocks it',
    );
  });
});
