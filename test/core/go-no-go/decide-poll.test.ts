import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideOutcome, tallyVotes } from '../../../src/core/go-no-go/decide-poll.ts';
import { UNANIMOUS } from '../../../src/core/go-no-go/poll-policy.ts';
import type { Vote, VoteChoice } from '../../../src/core/go-no-go/vote.ts';
import { MATRIX_ROLES, ROLE_NAMES, type RoleName } from '../../../src/core/plan/roles.ts';

function vote(role: RoleName, choice: VoteChoice = 'go'): Vote {
  const reason = choice === 'no_go' ? 'The tests fail.' : null;
  const base = { inPlaceOf: null, category: null, condition: null };
  return { role, choice, reason, ...base, personId: `U-${role}`, personName: role, at: 1 };
}

/** The roles, all of which have to agree. */
const all = (roles: readonly RoleName[]) => ({ roles, policy: UNANIMOUS });

const choice = fc.constantFrom<VoteChoice>('go', 'no_go');
const required = fc.uniqueArray(fc.constantFrom(...ROLE_NAMES), { minLength: 1 });
/** At most one vote a role, as the votes table holds them, of roles that are asked and of others. */
const votes = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ROLE_NAMES), choice), { selector: ([role]) => role })
  .map((list) => list.map(([role, picked]) => vote(role, picked)));

describe('tallyVotes', () => {
  it('is a go when every required role votes go', () => {
    const tally = tallyVotes(
      all(MATRIX_ROLES),
      MATRIX_ROLES.map((role) => vote(role)),
    );
    expect(tally).toMatchObject({ outcome: 'go', missing: [], against: [] });
  });

  it('is not a go without any vote, and names all that are missing', () => {
    expect(tallyVotes(all(MATRIX_ROLES), [])).toMatchObject({ outcome: 'timed_out', missing: MATRIX_ROLES });
  });

  it.each(MATRIX_ROLES)('is blocked by one no-go of %s', (role) => {
    const cast = MATRIX_ROLES.map((name) => vote(name, name === role ? 'no_go' : 'go'));
    const tally = tallyVotes(all(MATRIX_ROLES), cast);
    expect(tally.outcome).toBe('no_go');
    expect(tally.against).toEqual([vote(role, 'no_go')]);
  });

  it.each(MATRIX_ROLES)('is blocked while the vote of %s is missing', (role) => {
    const cast = MATRIX_ROLES.filter((name) => name !== role).map((name) => vote(name));
    expect(tallyVotes(all(MATRIX_ROLES), cast)).toMatchObject({ outcome: 'timed_out', missing: [role] });
  });

  it('lists the roles in the order of the plan, whatever the order of the votes', () => {
    fc.assert(
      fc.property(
        required,
        votes.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        (roles, [cast, shuffled]) => {
          const tally = tallyVotes(all(roles), cast);
          expect(tally.byRole.map((entry) => entry.role)).toEqual(roles);
          expect(tallyVotes(all(roles), shuffled)).toEqual(tally);
        },
      ),
    );
  });

  it('is a go exactly when each required role voted go', () => {
    fc.assert(
      fc.property(required, votes, (roles, cast) => {
        const allGo = roles.every((role) =>
          cast.some((entry) => entry.role === role && entry.choice === 'go'),
        );
        const isAgainst = cast.some((entry) => roles.includes(entry.role) && entry.choice === 'no_go');
        const expected = allGo ? 'go' : isAgainst ? 'no_go' : 'timed_out';
        expect(tallyVotes(all(roles), cast).outcome).toBe(expected);
      }),
    );
  });

  it('does not care for votes of roles that are not asked', () => {
    fc.assert(
      fc.property(required, votes, (roles, cast) => {
        const asked = cast.filter((entry) => roles.includes(entry.role));
        expect(tallyVotes(all(roles), cast)).toEqual(tallyVotes(all(roles), asked));
      }),
    );
  });

  it('never becomes a go by a vote against, nor stops being one by a further go', () => {
    fc.assert(
      fc.property(required, votes, fc.nat(), (roles, cast, pick) => {
        const role = roles[pick % roles.length] ?? 'qa_lead';
        const others = cast.filter((entry) => entry.role !== role);
        expect(tallyVotes(all(roles), [...others, vote(role, 'no_go')]).outcome).toBe('no_go');
        const before = tallyVotes(all(roles), cast).outcome;
        if (before === 'go') expect(tallyVotes(all(roles), [...others, vote(role)]).outcome).toBe('go');
      }),
    );
  });
});

describe('decideOutcome', () => {
  it('never takes a standing go back without a vote against', () => {
    fc.assert(
      fc.property(required, votes, (roles, cast) => {
        const tally = tallyVotes(all(roles), cast);
        const isAgainst = tally.against.length > 0;
        expect(decideOutcome(tally, { goStands: true }) === 'no_go').toBe(isAgainst);
        expect(decideOutcome(tally, { goStands: false })).toBe(tally.outcome);
      }),
    );
  });
});
