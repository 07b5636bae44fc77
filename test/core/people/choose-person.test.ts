import { describe, expect, it } from 'vitest';
import { choosePerson, type KnownIdentity } from '../../../src/core/people/choose-person.ts';

const slack = { platform: 'slack', id: 'U1' };
const teams = { platform: 'teams', id: '29:1' };
const known = (identity: typeof slack, personId: string, email: string | null = null): KnownIdentity => ({
  ...identity,
  personId,
  email,
});

describe('the accounts with one e-mail address', () => {
  it.each([
    ['of nobody who is known', [slack], [], null, []],
    ['of someone who has only clicked so far', [slack], [known(slack, 'p')], 'p', []],
    ['of someone whom an earlier plan named', [slack], [known(slack, 'p', 'a@x')], 'p', []],
    ['of someone known on another platform', [slack], [known(teams, 'p', 'a@x')], 'p', []],
    ['of both platforms at once, none known', [slack, teams], [], null, []],
    [
      'of someone who has clicked on one platform and was named on the other',
      [slack],
      [known(slack, 'clicked'), known(teams, 'named', 'a@x')],
      'named',
      ['clicked'],
    ],
    [
      'of someone who has clicked on both platforms',
      [slack, teams],
      [known(slack, 'p'), known(teams, 'q')],
      'p',
      ['q'],
    ],
  ] as const)('%s', (_what, accounts, identities, personId, merged) => {
    expect(choosePerson(accounts, identities)).toEqual({ personId, merged, outdated: [] });
  });

  it('belong to somebody else than the account of the same platform that had the address before', () => {
    const before = known({ platform: 'slack', id: 'U0' }, 'p', 'a@x');
    expect(choosePerson([slack], [before])).toEqual({ personId: null, merged: [], outdated: [before] });
  });
});
