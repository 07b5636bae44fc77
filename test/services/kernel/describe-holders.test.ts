import { describe, expect, it } from 'vitest';
import { lineText } from '../../../src/core/card/line.ts';
import type { RoleName } from '../../../src/core/plan/roles.ts';
import type { ReleaseState } from '../../../src/core/release/release-state.ts';
import type { ReleasePerson } from '../../../src/db/queries/load-release.ts';
import { describeHolders } from '../../../src/services/kernel/describe-holders.ts';
import { exampleRelease } from '../../bot/cards/examples.ts';

const person = (name: string, role: RoleName, more: Partial<ReleasePerson> = {}): ReleasePerson => ({
  name,
  role,
  position: 'holder',
  personId: name,
  identities: [],
  isReachable: true,
  ...more,
});
const gone = { isReachable: false };
const backup = { position: 'backup' } as const;
const say = (people: ReleasePerson[], roles: RoleName[], state: ReleaseState = 'in_planning') => {
  const release = exampleRelease({ state, people });
  return lineText(describeHolders(release, roles));
};

describe('describeHolders', () => {
  const rita = person('Rita', 'release_manager');
  const dana = person('Dana', 'devops_lead');
  const bo = person('Bo', 'business_sponsor');

  it('names who can, by role', () => {
    expect(say([dana, rita], ['release_manager', 'devops_lead'])).toBe(
      'Rita (Release Manager) or Dana (DevOps Lead)',
    );
    expect(say([], ['devops_lead'])).toBe('nobody yet');
  });

  it('names the backup of somebody who has left', () => {
    const emil = person('Emil', 'release_manager', backup);
    expect(say([{ ...rita, ...gone }, emil], ['release_manager'])).toBe('Emil (backup, Release Manager)');
  });

  it('never names somebody who has left as one who can', () => {
    const left = { ...rita, ...gone };
    expect(say([left, dana], ['release_manager', 'devops_lead'])).toBe(
      "Dana (DevOps Lead). Rita (Release Manager) can't be reached",
    );
  });

  it('says who can name somebody else when nobody is left', () => {
    const left = { ...rita, ...gone };
    const start = "nobody at the moment. Rita (Release Manager) can't be reached. ";
    const way = 'can name somebody else with "release reassign web-2.4.0 Release Manager"';
    expect(say([left, bo], ['release_manager'])).toBe(
      `${start}Bo (Business Sponsor) or whoever plans releases ${way}`,
    );
    expect(say([left], ['release_manager'])).toBe(`${start}Whoever plans releases ${way}`);
  });

  it('advises nothing that is refused once the release was cancelled or rolled back', () => {
    for (const state of ['cancelled', 'rolled_back'] as const) {
      expect(say([{ ...rita, ...gone }, bo], ['release_manager'], state)).toBe(
        "nobody at the moment. Rita (Release Manager) can't be reached",
      );
    }
  });
});
