import { expect, it } from 'vitest';
import { describeSharedRoles } from '../../../src/core/go-no-go/shared-roles.ts';

const rita = { personId: '1', name: 'Rita Moreno' };
const quinn = { personId: '2', name: 'Quinn Abara' };

it('names who votes for several roles, and says when one person decides alone', () => {
  const voters = [
    { role: 'qa_lead' as const, ...rita },
    { role: 'security_lead' as const, ...rita },
    { role: 'devops_lead' as const, ...quinn },
  ];
  expect(describeSharedRoles(voters, { asked: 3, verb: 'votes' })).toEqual([
    'Rita Moreno votes for 2 roles: QA Lead and Security Lead.',
  ]);
  expect(describeSharedRoles(voters.slice(0, 2), { asked: 2, verb: 'voted' })).toEqual([
    'One person, Rita Moreno, voted for all 2 roles.',
  ]);
  expect(describeSharedRoles(voters.slice(1), { asked: 2, verb: 'voted' })).toEqual([]);
});
