import { describe, expect, it } from 'vitest';
import type { ReleasePerson } from '../../../src/db/queries/load-release.ts';
import { rolesAnsweredBy, whoAnswersFor } from '../../../src/services/kernel/stand-ins.ts';
import { vote } from '../../bot/cards/examples.ts';

const inRole = (name: string, position: ReleasePerson['position'], isReachable = true): ReleasePerson => ({
  name,
  role: 'qa_lead',
  position,
  personId: name,
  identities: [],
  isReachable,
});
const namesOf = (people: ReleasePerson[], poll?: Parameters<typeof whoAnswersFor>[2]) =>
  whoAnswersFor({ people }, 'qa_lead', poll).map(({ name }) => name);
const own = vote('qa_lead', 'go');
const byBackup = { ...own, inPlaceOf: 'Quinn' };

describe('whoAnswersFor', () => {
  const quinn = inRole('Quinn', 'holder');
  const left = inRole('Quinn', 'holder', false);
  const tom = inRole('Tom', 'backup');
  const tomLeft = inRole('Tom', 'backup', false);

  it.each([
    ['the holder', [quinn, tom], ['Quinn']],
    ['the backup, once the holder has left', [left, tom], ['Tom']],
    ['the holder, when there is nobody else', [left, tomLeft], ['Quinn']],
  ])('is %s', (_, people, names) => {
    expect(namesOf(people)).toEqual(names);
  });

  it.each([
    ['both, in a poll that has escalated the role', ['qa_lead'], [], [quinn, tom], ['Quinn', 'Tom']],
    ['both, while only the backup has voted', ['qa_lead'], [byBackup], [quinn, tom], ['Quinn', 'Tom']],
    ['the holder, once they have voted', ['qa_lead'], [own], [quinn, tom], ['Quinn']],
    ['the holder, when another role was escalated', ['devops_lead'], [], [quinn, tom], ['Quinn']],
    ['the holder, when the backup has left', ['qa_lead'], [], [quinn, tomLeft], ['Quinn']],
    ['the backup, when the holder has left', ['qa_lead'], [], [left, tom], ['Tom']],
  ] as const)('is %s', (_, escalatedRoles, votes, people, names) => {
    const poll = { escalatedRoles: [...escalatedRoles], votes: [...votes] };
    expect(namesOf([...people], poll)).toEqual(names);
    expect(rolesAnsweredBy({ people }, 'Tom', poll)).toEqual(
      names.some((name) => name === 'Tom') ? ['qa_lead'] : [],
    );
  });
});
