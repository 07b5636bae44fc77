import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { factsOf } from '../../../src/create-services.ts';
import { fireDueTimers } from '../../../src/jobs/timers/fire-timers.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { applyConfiguredPermissions } from '../../../src/services/permissions/apply-permissions.ts';
import { reassignRole } from '../../../src/services/release/reassign-role.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import { goLive, openWorld, type PersonName, reading, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  auditOf,
  inWords,
  outboxOf,
  promote,
  promoteAndConfirm,
  rolloutOf,
  runToTheEnd,
} from '../steps.ts';

let world: World;
let releaseId: string;

beforeEach(async () => {
  world = await openWorld();
  world.plan.riskTolerance = 'low';
  releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
});
afterEach(() => world.close());

async function ask(person: PersonName = 'dana'): Promise<string> {
  const { awaits } = accepted(await promote(world, person));
  if (!awaits) throw new Error('no second person is needed');
  return awaits.requestId;
}

const decide = (
  person: PersonName,
  requestId: string,
  decision: 'approve' | 'refuse' | 'withdraw' = 'approve',
) =>
  decideOnRequest({
    ctx: world.as(person),
    input: { requestId, decision, reason: decision === 'refuse' ? 'The logs look odd.' : null },
  });

async function drawn(requestId: string): Promise<Card> {
  const destination = { channel: 'slack', kind: 'channel', id: 'C-release-deployment' } as const;
  const card = { kind: 'request', subjectId: requestId, destination };
  const shownNow = await renderLiveCard(world.services.db, card, world.clock.now(), factsOf(world.services));
  if (!shownNow) throw new Error('the request has no card');
  return shownNow;
}

async function shown(requestId: string): Promise<{ summary: string; buttons: string[] }> {
  const { summary, blocks } = await drawn(requestId);
  const buttons = blocks.flatMap((block) =>
    block.type === 'actions' ? block.buttons.map(({ action }) => action) : [],
  );
  return { summary: lineText(summary), buttons };
}

describe('a promotion at risk tolerance low', () => {
  it('is asked for, approved by somebody else, and carried out in the name of who asked', async () => {
    const requestId = await ask();
    expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
    expect(await shown(requestId)).toEqual({
      summary: '✋ Dana Fischer asks to promote to 1 %: web-2.4.0',
      buttons: ['approve-request', 'refuse-request', 'withdraw-request'],
    });
    accepted(await decide('rita', requestId));
    await runToTheEnd(world, releaseId);
    const { operations, trafficPercent } = await rolloutOf(world, releaseId);
    expect(trafficPercent).toBe(1);
    expect(operations[0]).toMatchObject({ requestedByName: 'Dana Fischer', state: 'succeeded' });
    const event = (await auditOf(world, releaseId)).find(
      ({ action }) => action === 'operation.promote.requested',
    );
    expect(event).toMatchObject({
      actor: 'slack:U0RITA',
      details: { requestedBy: 'slack:U0DANA', approvedBy: 'Rita Moreno' },
    });
    expect(await shown(requestId)).toEqual({
      summary: '✅ Dana Fischer asks to promote to 1 %: web-2.4.0',
      buttons: [],
    });
    expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  });

  it('names those who may approve it in every release on its card', async () => {
    const sre = { title: 'On call', people: [], groups: ['@on-call'] };
    const capabilities = { 'rollout.approve': ['engineering_lead', 'sre'] };
    const permissions = { secondPerson: 'by-risk' as const, capabilities, roles: { sre } };
    await applyConfiguredPermissions({ ...world.services, permissions });
    expect(JSON.stringify(await drawn(await ask()))).toContain('or anybody in @on-call (On call)');
  });

  it('is not approved by whoever asked, nor by somebody without the right', async () => {
    const requestId = await ask();
    expect(inWords(await decide('dana', requestId))).toMatchObject({
      refusal: {
        code: 'not-permitted',
        message: 'You asked for this, and it takes a second person to decide.',
      },
    });
    expect(inWords(await decide('quinn', requestId))).toMatchObject({
      refusal: {
        code: 'not-permitted',
        who: 'Rita Moreno (Release Manager), Emil Novak (Engineering Lead) or Dana Fischer (DevOps Lead)',
      },
    });
    expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
  });

  it('reads nothing for somebody without the right', async () => {
    accepted(await decide('rita', await ask()));
    await runToTheEnd(world, releaseId);
    world.clock.moveTo(world.clock.now() + 30 * 86_400_000);
    const requestId = await ask();
    const read: string[] = [];
    const query = async ({ metric }: { metric: string }) => {
      read.push(metric);
      return reading(0)(world.wall.now);
    };
    const asking = (person: PersonName) =>
      decideOnRequest({
        ctx: { ...world.as(person), metrics: () => ({ query }) },
        input: { requestId, decision: 'approve', reason: null },
      });
    expect(await asking('quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(read).toEqual([]);
    await asking('emil');
    expect(read).not.toEqual([]);
  });

  it('is used once: a stale button says how the request stands', async () => {
    const requestId = await ask();
    accepted(await decide('rita', requestId));
    for (const decision of ['approve', 'refuse', 'withdraw'] as const) {
      const person = decision === 'withdraw' ? 'dana' : 'emil';
      expect(inWords(await decide(person, requestId, decision))).toMatchObject({
        refusal: { code: 'wrong-state', message: 'It was already approved by Rita Moreno.' },
      });
    }
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(1);
  });

  it('by two at once happens once', async () => {
    const requestId = await ask();
    const results = await Promise.all([decide('rita', requestId), decide('emil', requestId)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(1);
  });

  it('is refused with a reason, which whoever asked is told', async () => {
    const requestId = await ask();
    const blank = { requestId, decision: 'refuse' as const, reason: ' ' };
    expect(inWords(await decideOnRequest({ ctx: world.as('rita'), input: blank }))).toMatchObject({
      refusal: { code: 'invalid', message: 'Refusing needs a reason: say what is missing.' },
    });
    accepted(await decide('rita', requestId, 'refuse'));
    expect(await outboxOf(world)).toContain('second-person');
    expect((await shown(requestId)).summary).toBe('⛔ Dana Fischer asks to promote to 1 %: web-2.4.0');
    expect(accepted(await promote(world)).awaits).not.toBeNull();
  });

  it('is withdrawn by whoever asked, and nobody else', async () => {
    const requestId = await ask();
    expect(inWords(await decide('rita', requestId, 'withdraw'))).toMatchObject({
      refusal: { code: 'not-permitted', who: 'Dana Fischer' },
    });
    accepted(await decide('dana', requestId, 'withdraw'));
    expect(await decide('rita', requestId)).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('lapses after an hour, and can be asked for again', async () => {
    const requestId = await ask();
    world.clock.moveTo(Date.parse(goLive) + 3_600_000);
    expect(inWords(await decide('rita', requestId))).toMatchObject({
      refusal: { message: 'Nobody agreed in time, so the request has lapsed. Ask again.' },
    });
    await fireDueTimers(world.jobs);
    expect((await shown(requestId)).summary).toBe('⌛ Dana Fischer asks to promote to 1 %: web-2.4.0');
    expect(await actionsOf(world, releaseId)).toContain('second-person.lapsed');
    expect(await ask()).not.toBe(requestId);
  });

  it('is asked for once at a time', async () => {
    await ask();
    expect(inWords(await promote(world, 'rita'))).toMatchObject({
      refusal: {
        code: 'already-exists',
        message: expect.stringMatching(/^Dana Fischer has already asked to promote to 1 %\. It waits/),
      },
    });
  });

  it('is checked once more when it is approved, and stays open when it can’t be done then', async () => {
    accepted(await decide('rita', await ask()));
    await runToTheEnd(world, releaseId);
    const { phases } = world.plan.rollout;
    world.clock.moveTo(world.clock.now() + 30 * 86_400_000);
    expect(phases.length).toBeGreaterThan(1);
    const requestId = await ask();
    world.readings['error-rate'] = reading(0.5);
    expect(await decide('rita', requestId)).toMatchObject({ refusal: { code: 'conditions-unmet' } });
    world.readings['error-rate'] = reading(0.0002);
    accepted(await decide('rita', requestId));
  });

  it('is not done for somebody who has lost the right meanwhile', async () => {
    const requestId = await ask();
    const input = {
      releaseKey: world.plan.release,
      role: 'devops_lead' as const,
      person: { email: 'nina@example.com' },
    };
    accepted(await reassignRole({ ctx: world.as('rita'), input }));
    expect(inWords(await decide('rita', requestId))).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        message: "Dana Fischer can't promote to 1 % any more, so it can't be approved.",
      },
    });
  });
});

it('a plan says that no second person is needed', async () => {
  const other = await openWorld();
  try {
    other.plan.riskTolerance = 'low';
    other.plan.rollout = { ...other.plan.rollout, secondPerson: false };
    const id = await approvedRelease(other);
    other.clock.moveTo(goLive);
    await promoteAndConfirm(other, id);
    expect((await rolloutOf(other, id)).trafficPercent).toBe(1);
  } finally {
    await other.close();
  }
});

it('waits no longer once the release is cancelled', async () => {
  const requestId = await ask();
  const input = { releaseKey: 'web-2.4.0', reason: 'The contract fell through.' };
  accepted(await cancelRelease({ ctx: world.as('rita'), input }));
  const [request] = await world.query<{ state: string }>('select state from requests where id = $1', [
    requestId,
  ]);
  expect(request?.state).toBe('lapsed');
  expect((await shown(requestId)).buttons).toEqual([]);
  expect(inWords(await decide('emil', requestId))).toMatchObject({ ok: false });
  expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
});
