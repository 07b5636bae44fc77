import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findDrafts, standingOf } from '../../../src/db/queries/drafts.ts';
import { loadSchedule } from '../../../src/db/queries/schedule.ts';
import { approveDraft } from '../../../src/services/approval/approve-draft.ts';
import { done } from '../../../src/services/kernel/result.ts';
import { runVerb } from '../../../src/services/kernel/verb.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { recordUnreachable } from '../../../src/services/people/record-unreachable.ts';
import { recordDeployment } from '../../../src/services/rollout/record-deployment.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';
import { goLive, identityOf, openWorld, type World } from '../../support/test-services.ts';
import { accepted, approvedRelease, planRelease, playUntil, promoteAndConfirm } from '../steps.ts';
import { approve, draftOf, planAnnounced, sentOf, toldOf, wordingOf } from './draft-steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';

/** An approved release at its go-live whose only message for customers is the given one. */
async function releaseWith(key: string): Promise<void> {
  const change = { [key]: { customerFacing: true } };
  releaseId = await approvedRelease(world, { communications: { ...world.plan.communications, change } });
}

/** What people did with their own pipeline. */
async function record(toPercent: number): Promise<void> {
  const ctx = { ...world.as('dana'), driver: () => undefined };
  accepted(await recordDeployment({ ctx, input: { releaseKey, toPercent, note: 'Errors at checkout.' } }));
}

describe('what waits for an event', () => {
  it('goes out when that comes, as it was approved before', async () => {
    await releaseWith('rollout-started-support');
    accepted(await approve(world, releaseId, 'rita'));
    const wording = wordingOf(await draftOf(world, releaseId));
    await playUntil(world, goLive);
    await promoteAndConfirm(world, releaseId);
    expect(await sentOf(world, 'rollout-started-support')).toEqual([wording]);
    expect(await toldOf(world, 'draft-missed')).toEqual([]);
  });

  it('is not sent when nobody has approved it, and goes out when somebody does', async () => {
    await releaseWith('rollback-notice-support');
    await playUntil(world, goLive);
    await record(1);
    await record(0);
    expect(await sentOf(world, 'rollback-notice-support')).toEqual([]);
    const draft = await draftOf(world, releaseId);
    expect(draft).toMatchObject({ state: 'waiting', itemState: 'withheld' });
    expect(wordingOf(draft)).toContain('Errors at checkout.');
    expect(accepted(await approve(world, releaseId, 'rita'))).toMatchObject({ outcome: 'sent' });
    await playUntil(world, goLive);
    expect(await sentOf(world, 'rollback-notice-support')).toEqual([wordingOf(draft)]);
  });

  it('is asked about again when its text says what was not known when it was approved', async () => {
    await releaseWith('rollback-notice-support');
    accepted(await approve(world, releaseId, 'rita'));
    await playUntil(world, goLive);
    await record(1);
    await record(0);
    expect(await sentOf(world, 'rollback-notice-support')).toEqual([]);
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting' });
    accepted(await approve(world, releaseId, 'rita'));
    await playUntil(world, goLive);
    expect(await sentOf(world, 'rollback-notice-support')).toHaveLength(1);
  });
});

describe('a cancellation', () => {
  it('that customers have to hear of goes out when somebody approves it afterwards', async () => {
    const channels = { customers: '#qa', advisoryBoard: '#qa' };
    releaseId = await planRelease(world, examplePlan({ stakeholders: 'customer-facing', channels }));
    const drafted = async (key: string) => {
      const found = await findDrafts(world.services.db, [releaseId]);
      const draft = found.find(({ item }) => item.key === key);
      if (!draft) throw new Error(`There is no draft of ${key}`);
      return draft;
    };
    const approveNow = async (key: string) => {
      const { id: draftId, revision } = await drafted(key);
      return approveDraft({ ctx: world.as('rita'), input: { draftId, revision } });
    };
    accepted(await approveNow('customer-announcement-email'));
    await playUntil(world, '2030-06-11T13:30:00Z');
    await world.query(`update deliveries set state = 'sent'`);
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { releaseKey, reason: 'Not now.' } }));
    await playUntil(world, '2030-06-11T13:31:00Z');
    expect(await sentOf(world, 'cancellation-customers')).toEqual([]);
    const standing = async (key: string) => standingOf(await drafted(key), { state: 'cancelled' });
    expect(await standing('cancellation-customers')).toBe('late');
    expect(await standing('launch-email')).toBe('ended');
    expect(accepted(await approveNow('cancellation-customers'))).toMatchObject({ outcome: 'sent' });
    await playUntil(world, '2030-06-11T13:32:00Z');
    expect(await sentOf(world, 'cancellation-customers')).toHaveLength(1);
    expect(await standing('cancellation-customers')).toBe('sent');
  });
});

describe('a rollback', () => {
  it('voids an approval of what is no longer true', async () => {
    await releaseWith('post-release-review');
    accepted(await approve(world, releaseId, 'rita'));
    await playUntil(world, goLive);
    await record(1);
    await record(0);
    const draft = await draftOf(world, releaseId);
    expect(draft.state).toBe('waiting');
    expect(wordingOf(draft)).toContain('rolled back');
    await playUntil(world, '2030-06-19T08:00:00Z');
    expect(await sentOf(world, 'post-release-review')).toEqual([]);
  });

  it('leaves nothing to approve of what is then withheld', async () => {
    await releaseWith('success-sales');
    await playUntil(world, goLive);
    await record(1);
    await record(0);
    const draft = await draftOf(world, releaseId);
    const input = { draftId: draft.id, revision: draft.revision };
    expect(await approveDraft({ ctx: world.as('priya'), input })).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
    const schedule = await loadSchedule(world.services.db, releaseId);
    expect(schedule.find(({ item }) => item.key === 'success-sales')?.state).not.toBe('sent');
  });
});

describe('an owner who has left', () => {
  it('is stood in for by the backup, who gets the card', async () => {
    releaseId = await planAnnounced(world);
    await playUntil(world, '2030-06-04T08:00:00Z');
    const leave = {
      name: 'test.leave',
      input: z.object({}),
      run: async (scope: Parameters<typeof recordUnreachable>[0]) =>
        done(await recordUnreachable(scope, identityOf('priya'))),
    };
    const ctx = { ...world.services, actor: { kind: 'system', name: 'test' } as const };
    accepted(await runVerb(leave, { ctx, input: {} }));
    const rows = await world.query<{ destination: string }>(
      `select destination from cards where kind = 'draft' order by destination`,
    );
    expect(rows.map(({ destination }) => destination)).toEqual(['slack:person:U0BO', 'slack:person:U0PRIYA']);
    expect(await findDrafts(world.services.db, [releaseId])).toHaveLength(1);
    accepted(await approve(world, releaseId, 'bo'));
  });
});
