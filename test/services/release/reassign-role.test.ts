import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planDigest } from '../../../src/core/plan/plan-digest.ts';
import type { RoleName } from '../../../src/core/plan/roles.ts';
import type { ReleaseState } from '../../../src/core/release/release-state.ts';
import { loadRoleHolders } from '../../../src/db/queries/role-holders.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { checkCapability } from '../../../src/services/kernel/permissions.ts';
import { reassignRole } from '../../../src/services/release/reassign-role.ts';
import { drainToTheEnd } from '../../jobs/outbox.ts';
import { identityOf, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { accepted, auditOf, openDecision, outboxOf, planRelease, releaseOf, voteGo } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const reassign = (by: PersonName, role: RoleName, to: PersonName) =>
  reassignRole({
    ctx: world.as(by),
    input: { releaseKey: null, role, person: { identity: identityOf(to) } },
  });

describe('a role', () => {
  it('goes to somebody else, with the ballot that is open; both and the channel are told', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    expect(accepted(await reassign('rita', 'qa_lead', 'nina'))).toEqual({
      releaseKey: 'web-2.4.0',
      role: 'qa_lead',
      from: 'Quinn Abara',
      to: 'nina',
    });
    expect(await voteGo(world, pollId, 'quinn')).toMatchObject({
      refusal: { code: 'not-permitted', who: expect.stringContaining('nina (QA Lead)') },
    });
    await drainToTheEnd(world, { destination: 'slack:person:U0QUINN' });
    expect(world.platform.shown('slack:person:U0QUINN')[0]).toBe('web-2.4.0: somebody else votes now');
    for (const person of ['rita', 'emil', 'nina', 'dana', 'priya', 'sam'] as const) {
      accepted(await voteGo(world, pollId, person));
    }
    expect(accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } })).outcome).toBe('go');
    const release = await releaseOf(world, releaseId);
    expect(release.plan.roles.qa_lead).toEqual({ name: 'nina', email: 'nina@example.com' });
    const [event] = (await auditOf(world, releaseId)).filter(({ action }) => action === 'role.reassigned');
    expect(event?.details).toEqual({
      role: 'qa_lead',
      from: 'Quinn Abara',
      to: 'nina',
      planDigest: planDigest(release.plan),
      people: await loadRoleHolders(world.services.db, releaseId),
    });
    expect((await outboxOf(world)).filter((subject) => subject === 'role-reassigned')).toHaveLength(3);
    await drainToTheEnd(world, { destination: 'slack:person:U0NINA' });
    expect(world.platform.shown('slack:person:U0NINA')[0]).toContain('web-2.4.0');
  });

  it('may be named by an e-mail address, and be one that nobody had', async () => {
    await planRelease(world, { roles: { ...world.plan.roles, support_lead: undefined } });
    const input = { releaseKey: null, role: 'support_lead' as const, person: { email: 'nina@example.com' } };
    expect(accepted(await reassignRole({ ctx: world.as('rita'), input }))).toMatchObject({ from: null });
    const unknown = { ...input, person: { email: 'nobody@example.com' } };
    expect(await reassignRole({ ctx: world.as('rita'), input: unknown })).toMatchObject({
      refusal: { code: 'not-found', message: expect.stringContaining('nobody@example.com') },
    });
  });

  it('of the release manager is given by the business sponsor, and not by just anybody', async () => {
    const releaseId = await planRelease(world);
    expect(await reassign('dana', 'release_manager', 'nina')).toMatchObject({
      refusal: { code: 'not-permitted', who: expect.stringContaining('Business Sponsor') },
    });
    expect((await auditOf(world, releaseId)).at(-1)?.action).toBe('request.refused');
    accepted(await reassign('bo', 'release_manager', 'nina'));
    expect(await openDecisionAs('nina')).toBe(true);
  });

  it('is given by whoever may plan releases, without a role', async () => {
    await planRelease(world);
    const services = { ...world.services, releaseCreators: ['nina@example.com'] };
    const ctx = { ...world.as('nina'), ...services };
    const input = { releaseKey: null, role: 'qa_lead' as const, person: { email: 'tom@example.com' } };
    expect((await reassignRole({ ctx: { ...ctx, actor: world.as('nina').actor }, input })).ok).toBe(true);
  });

  it('of a release that is live goes to somebody else, who may roll it back', async () => {
    const releaseId = await planRelease(world);
    await setState(releaseId, 'completed');
    expect(accepted(await reassign('rita', 'devops_lead', 'nina'))).toMatchObject({ to: 'nina' });
    expect(
      checkCapability(await releaseOf(world, releaseId), world.as('nina').actor, 'rollout.rollback'),
    ).toBe(null);
  });

  it.each(['rolled_back', 'cancelled'] as const)('of a release that is %s stays', async (state) => {
    await setState(await planRelease(world), state);
    const input = {
      releaseKey: 'web-2.4.0',
      role: 'qa_lead' as const,
      person: { identity: identityOf('nina') },
    };
    expect(await reassignRole({ ctx: world.as('rita'), input })).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: `web-2.4.0 is ${state.replace('_', ' ')}; its roles stay as they were.`,
      },
    });
  });

  it('stays with who has it, and where each role needs its own person, with another', async () => {
    await planRelease(world, { goNoGo: { ...world.plan.goNoGo, distinctPeople: true } });
    expect(await reassign('rita', 'qa_lead', 'quinn')).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(await reassign('rita', 'qa_lead', 'dana')).toMatchObject({
      refusal: { code: 'conditions-unmet', message: expect.stringContaining('already votes as DevOps Lead') },
    });
  });
});

function setState(releaseId: string, state: ReleaseState) {
  return world.query('update releases set state = $2 where id = $1', [releaseId, state]);
}

async function openDecisionAs(person: PersonName): Promise<boolean> {
  return accepted(await askGoNoGo({ ctx: world.as(person), input: { releaseKey: null } })).opened;
}
