import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/config/load-config.ts';

const parse = (text: string) => parseConfigFile(text, { path: 'tminus.yaml', env: {} }).permissions;

describe('permissions', () => {
  it('are the defaults where nothing is said', () => {
    expect(parse('')).toEqual({ capabilities: {}, roles: {}, secondPerson: 'by-risk' });
  });

  it('name the roles of a capability, and who holds a role everywhere', () => {
    const text = `permissions:
  secondPerson: always
  capabilities: { rollout.promote: [devops_lead, sre], release.cancel: [] }
  roles:
    sre: { title: Site Reliability, groups: ["@sre"] }
    release_manager: { people: [{ name: Ana Lind, email: ana@example.com }] }`;
    expect(parse(text)).toEqual({
      secondPerson: 'always',
      capabilities: { 'rollout.promote': ['devops_lead', 'sre'], 'release.cancel': [] },
      roles: {
        sre: { title: 'Site Reliability', people: [], groups: ['@sre'] },
        release_manager: {
          title: 'Release Manager',
          people: [{ name: 'Ana Lind', email: 'ana@example.com' }],
          groups: [],
        },
      },
    });
  });

  it.each([
    [
      'capabilities: { rollout.promot: [devops_lead] }',
      /permissions\.capabilities: "rollout\.promot" is no capability that can be given: expected one of poll\.open, .*\. Did you mean rollout\.promote\?/,
    ],
    ['capabilities: { poll.vote: [devops_lead] }', /"poll\.vote" is no capability that can be given/],
    [
      'capabilities: { rollout.promote: [boss] }',
      /capabilities\.rollout\.promote\.0: "boss" is no role: expected one of release_manager, /,
    ],
    [
      'roles: { sre: { groups: ["@sre"] } }',
      /roles\.sre\.title: is missing: what do people call this role\?/,
    ],
    ['roles: { sre: { title: SRE } }', /roles\.sre: needs people or groups/],
    [
      'roles: { qa_lead: { title: QA, groups: ["@qa"] } }',
      /roles\.qa_lead\.title: is not needed: it is the QA Lead/,
    ],
    [
      'roles: { sre: { title: SRE, people: [{ name: A, email: b }] } }',
      /roles\.sre\.people\.0\.email: is not an e-mail address/,
    ],
    [
      'roles: { "S R E": { title: SRE, groups: ["@sre"] } }',
      /is not the name of a role, such as release_manager or sre/,
    ],
  ])('refuses %s', (text, told) => {
    expect(() => parse(`permissions:\n  ${text}`)).toThrow(told);
  });
});
