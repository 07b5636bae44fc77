import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPermissions, type Permissions } from '../../../src/core/permissions/permissions.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { applyConfiguredPermissions } from '../../../src/services/permissions/apply-permissions.ts';
import { openWorld, secondIdentityOf, type World } from '../../support/test-services.ts';
import { accepted, auditOf, inWords, planRelease, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;

beforeEach(async () => {
  world = await openWorld(undefined, { platforms: 2 });
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const nobody = defaultPermissions;

function configure(permissions: Partial<Permissions>): Promise<void> {
  return applyConfiguredPermissions({ ...world.services, permissions: { ...nobody, ...permissions } });
}

const pause = (ctx: Ctx) =>
  pauseRelease({ ctx, input: { releaseKey: null, reason: 'The database is slow.', until: null } });

const onCall = { title: 'On call', people: [], groups: ['@on-call'] };
const pausedBySre = {
  capabilities: { 'release.pause': ['release_manager', 'sre'] },
  roles: { sre: { ...onCall, people: [{ name: 'Tom Weber', email: 'Tom@example.com' }] } },
};

describe('a role of the organization', () => {
  it('gives its rights to members of a group, and says so in the trail', async () => {
    await configure(pausedBySre);
    world.platform.groups['@on-call'] = ['U0NINA'];
    accepted(await pause(world.as('nina')));
    expect((await releaseOf(world, releaseId)).pause).not.toBeNull();
    const events = await auditOf(world, releaseId);
    expect(events.slice(-2).map(({ action }) => action)).toEqual([
      'organization-role.used',
      'release.paused',
    ]);
    expect(events.at(-2)?.details).toEqual({
      capability: 'release.pause',
      role: 'sre',
      title: 'On call',
      by: '@on-call',
    });
  });

  it('gives them to people by their address, whatever its letters', async () => {
    await configure(pausedBySre);
    accepted(await pause(world.as('tom')));
  });

  it('gives them to nobody else, and names who has them', async () => {
    await configure(pausedBySre);
    expect(inWords(await pause(world.as('nina')))).toMatchObject({
      refusal: {
        code: 'not-permitted',
        who: 'Rita Moreno (Release Manager), Tom Weber (On call) or anybody in @on-call (On call)',
      },
    });
  });

  it('gives nothing while the platform can’t say who is in the group', async () => {
    await configure(pausedBySre);
    world.platform.groups['@on-call'] = null;
    const refused = inWords(await pause(world.as('nina')));
    expect(refused).toMatchObject({
      refusal: {
        code: 'unavailable',
        message: 'Nothing was done: Slack did not answer. Try again in a minute.',
      },
    });
    expect((await releaseOf(world, releaseId)).pause).toBeNull();
    // Whoever has the right by a role of the release is not held up.
    accepted(await pause(world.as('rita')));
  });

  it('gives the rights of a role of releases in every release', async () => {
    await configure({ roles: { release_manager: { ...onCall, title: 'Release Manager' } } });
    world.platform.groups['@on-call'] = ['U0NINA'];
    accepted(await pause(world.as('nina')));
  });

  it('is nobody’s by an account that only has the same address', async () => {
    await configure(pausedBySre);
    const { id, platform } = secondIdentityOf('tom');
    const stranger: Ctx = {
      ...world.as('nina'),
      actor: {
        kind: 'person',
        personId: world.services.newId(),
        isBackup: false,
        identity: { platform, id },
        name: 'Tom',
      },
    };
    expect(await pause(stranger)).toMatchObject({ refusal: { code: 'not-permitted' } });
  });
});

describe('a capability', () => {
  const cancel = (ctx: Ctx) =>
    cancelRelease({ ctx, input: { releaseKey: null, reason: 'Not needed any more.' } });

  it('is held by the roles that are configured, and no others', async () => {
    await configure({ capabilities: { 'release.cancel': ['qa_lead'] } });
    expect(inWords(await cancel(world.as('bo')))).toMatchObject({
      refusal: { code: 'not-permitted', who: 'Quinn Abara (QA Lead)' },
    });
    accepted(await cancel(world.as('quinn')));
  });

  it('is nobody’s when no role has it', async () => {
    await configure({ capabilities: { 'release.cancel': [] } });
    expect(inWords(await cancel(world.as('bo')))).toMatchObject({
      refusal: { code: 'not-permitted', who: 'nobody yet' },
    });
  });

  it('is as the product has it again once the configuration says nothing', async () => {
    await configure({ capabilities: { 'release.cancel': ['qa_lead'] } });
    await configure({});
    accepted(await cancel(world.as('bo')));
  });
});

it('records a change of the rights once, with what they are', async () => {
  await configure({ capabilities: { 'release.cancel': ['qa_lead'] } });
  await configure({ capabilities: { 'release.cancel': ['qa_lead'] } });
  const changes = (await auditOf(world, 'workspace')).filter(
    ({ action }) => action === 'permissions.changed',
  );
  expect(changes.map(({ details }) => details)).toEqual([
    { capabilities: { 'release.cancel': ['qa_lead'] }, roles: {}, secondPerson: 'by-risk' },
  ]);
});
