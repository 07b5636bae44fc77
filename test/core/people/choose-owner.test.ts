import { describe, expect, it } from 'vitest';
import { chooseOwner, type KnownIdentity } from '../../../src/core/people/choose-owner.ts';

const address = 'a@x';
const slack = { platform: 'slack', id: 'U1' };
const teams = { platform: 'teams', id: '29:1' };
const known = (identity: typeof slack, personId: string, email: string | null = null): KnownIdentity => ({
  ...identity,
  personId,
  email,
});

describe('an e-mail address', () => {
  it.each([
    ['of nobody who is known', [slack], [], null, [slack], []],
    ['of someone who has only clicked so far', [slack], [known(slack, 'p')], 'p', [slack], []],
    ['of someone whom an earlier plan named', [slack], [known(slack, 'p', address)], 'p', [slack], []],
    [
      'that two platforms have belongs to the account on the first',
      [slack, teams],
      [],
      null,
      [slack],
      [teams],
    ],
    [
      'stays with the account that has its roles, whatever the first platform says later',
      [slack, teams],
      [known(teams, 'named', address)],
      'named',
      [teams],
      [slack],
    ],
    [
      'gives an account nothing that has only clicked so far',
      [slack, teams],
      [known(slack, 'named', address), known(teams, 'clicked')],
      'named',
      [slack],
      [teams],
    ],
    [
      'belongs to all accounts that a person has connected',
      [slack, teams],
      [known(slack, 'p', address), known(teams, 'p')],
      'p',
      [slack, teams],
      [],
    ],
    [
      'is not that of an account which has roles by another one',
      [slack, teams],
      [known(teams, 'q', 'b@x')],
      null,
      [slack],
      [teams],
    ],
  ] as const)('%s', (_what, accounts, identities, personId, theirs, others) => {
    expect(chooseOwner(address, { accounts, known: identities })).toEqual({
      personId,
      accounts: theirs,
      others,
      outdated: [],
    });
  });

  it('belongs to somebody else than the account of the same platform that had it before', () => {
    const before = known({ platform: 'slack', id: 'U0' }, 'p', address);
    expect(chooseOwner(address, { accounts: [slack], known: [before] })).toMatchObject({
      personId: null,
      outdated: [before],
    });
  });

  it('belongs to nobody any more by an account whose platform has it no longer', () => {
    const gone = known(slack, 'p', address);
    expect(chooseOwner(address, { accounts: [teams], known: [gone] })).toEqual({
      personId: null,
      accounts: [teams],
      others: [],
      outdated: [gone],
    });
  });
});
