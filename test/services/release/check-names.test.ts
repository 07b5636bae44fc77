import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, openDecision, pollOf, releaseOf, voteGo } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  for (const person of world.platform.people) {
    const planned = Object.values(world.plan.roles).find((holder) => holder?.email === person.email);
    person.name = planned?.name ?? person.name;
  }
});
afterEach(() => world.close());

const withRoles = (roles: Partial<Plan['roles']>, goNoGo: Partial<Plan['goNoGo']> = {}): Plan => ({
  ...world.plan,
  roles: { ...world.plan.roles, ...roles },
  goNoGo: { ...world.plan.goNoGo, ...goNoGo },
});
const create = (plan: Plan, differingNames?: 'use-account') =>
  createRelease({ ctx: world.as('rita'), input: { plan, ...(differingNames ? { differingNames } : {}) } });
const quinnAtDana = { name: 'Quinn Abara', email: 'dana@example.com' };

describe("a name that is not the account's", () => {
  it('is refused, naming both', async () => {
    expect(await create(withRoles({ qa_lead: quinnAtDana }))).toMatchObject({
      refusal: {
        code: 'invalid',
        reasons: [
          'QA Lead: dana@example.com is the account of Dana Fischer, but the plan says Quinn Abara. Correct the address, or write the name Dana Fischer.',
        ],
      },
    });
    expect(await world.query('select 1 from releases')).toEqual([]);
  });

  it("of a backup is refused, too, and a spelling of the account's name is not", async () => {
    const { qa_lead } = world.plan.roles;
    const backup = await create(withRoles({ qa_lead: { ...qa_lead, backup: quinnAtDana } }));
    expect(backup).toMatchObject({ refusal: { reasons: [expect.stringContaining('QA Lead, backup: ')] } });
    const spelled = withRoles({ qa_lead: { name: 'abara, Q.', email: 'quinn@example.com' } });
    expect((await create(spelled)).ok).toBe(true);
  });

  it('gives way to the name of the account once that is confirmed', async () => {
    const created = accepted(await create(withRoles({ qa_lead: quinnAtDana }), 'use-account'));
    const release = await releaseOf(world, created.releaseId);
    expect(release.plan.roles.qa_lead.name).toBe('Dana Fischer');
    expect(release.people.find(({ role }) => role === 'qa_lead')?.name).toBe('Dana Fischer');
  });
});

describe('one person with several roles', () => {
  const danaAtBoth = () => withRoles({ qa_lead: { name: 'D. Fischer', email: 'dana@example.com' } });

  it('votes under the name that each role has', async () => {
    const { releaseId } = accepted(await create(danaAtBoth()));
    await voteGo(world, await openDecision(world), 'dana');
    const names = (await pollOf(world, releaseId)).votes.map(({ role, personName }) => [role, personName]);
    expect(Object.fromEntries(names)).toEqual({ devops_lead: 'Dana Fischer', qa_lead: 'D. Fischer' });
  });

  it('is refused where the plan requires different people, also under another address', async () => {
    const plan = withRoles(danaAtBoth().roles, { distinctPeople: true });
    const reason =
      'QA Lead and DevOps Lead are the same person, D. Fischer; goNoGo.distinctPeople requires different people.';
    expect(await create(plan)).toMatchObject({ refusal: { reasons: [reason] } });
    expect((await create({ ...world.plan, goNoGo: plan.goNoGo })).ok).toBe(true);
  });

  it('is refused for the roles of the emergency path of a hotfix, too', async () => {
    const emergency = { roles: ['engineering_lead' as const, 'support_lead' as const] };
    const { support_lead } = world.plan.roles;
    if (!support_lead) throw new Error('the example has a Support Lead');
    const shared = { ...support_lead, name: 'Emil Novak', email: 'emil@example.com' };
    const plan = withRoles({ support_lead: shared }, { distinctPeople: true, emergency });
    expect((await create(plan)).ok).toBe(true);
    expect(await create({ ...plan, release: 'web-2.4.1', type: 'hotfix' })).toMatchObject({
      refusal: {
        reasons: [expect.stringContaining('Engineering Lead and Support Lead are the same person')],
      },
    });
  });
});
