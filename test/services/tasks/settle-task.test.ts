import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTasks } from '../../../src/db/queries/tasks.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { markTaskDone, markTaskNotApplicable, reopenTask } from '../../../src/services/tasks/settle-task.ts';
import { snoozeTask } from '../../../src/services/tasks/snooze-task.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  auditOf,
  inWords,
  openDecision,
  planRelease,
  promoteAndConfirm,
  voteGo,
  voters,
} from '../steps.ts';
import { taskOf } from './task-steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const qa = () => taskOf(world, releaseId, 'milestone-qa-sign-off');

async function moveTo(date: string, from: number) {
  const input = { releaseKey: 'web-2.4.0', date, time: '10:00', reason: 'A holiday.', from };
  accepted(await rescheduleRelease({ ctx: world.as('rita'), input }));
}

describe('a task', () => {
  it('is asked for only if it falls due after the release was planned', async () => {
    const states = (await findTasks(world.services.db, [releaseId])).map(
      ({ key, state, dueAt }) => [state, dueAt > world.clock.now() ? 'to come' : 'past', key] as const,
    );
    expect(states.filter(([state]) => state === 'open').every(([, when]) => when === 'to come')).toBe(true);
    expect(states).toContainEqual(['not-applicable', 'past', 'milestone-feature-complete']);
    expect(states).toContainEqual(['open', 'to come', 'milestone-qa-sign-off']);
  });

  it('is ticked by its owner, with the evidence; the trail says so', async () => {
    const { id: taskId } = await qa();
    const evidence = 'https://ci.example.com/runs/42';
    accepted(await markTaskDone({ ctx: world.as('quinn'), input: { taskId, evidence } }));
    expect(await qa()).toMatchObject({
      ...{ state: 'done', evidence, settledByName: 'Quinn Abara', settledAt: world.clock.now() },
    });
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'task.done',
      actor: 'slack:U0QUINN',
      details: { key: 'milestone-qa-sign-off', evidence },
    });
  });

  it('is not ticked twice: the second person hears who was first', async () => {
    const { id: taskId } = await qa();
    accepted(await markTaskDone({ ctx: world.as('quinn'), input: { taskId, evidence: null } }));
    const second = await markTaskDone({ ctx: world.as('rita'), input: { taskId, evidence: null } });
    expect(inWords(second)).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.stringContaining('is settled already: Quinn Abara ticked it'),
      },
    });
  });

  it('takes only a link for evidence', async () => {
    const input = { taskId: (await qa()).id, evidence: 'javascript:alert(1)' };
    const result = await markTaskDone({ ctx: world.as('quinn'), input });
    expect(result).toMatchObject({
      refusal: { code: 'invalid', message: expect.stringContaining('Evidence is a link') },
    });
  });

  it('is not applicable with a reason, and can be opened again', async () => {
    const { id: taskId } = await qa();
    accepted(
      await markTaskNotApplicable({ ctx: world.as('rita'), input: { taskId, reason: 'Nothing to test.' } }),
    );
    expect(await qa()).toMatchObject({ state: 'not-applicable', reason: 'Nothing to test.' });
    accepted(await reopenTask({ ctx: world.as('quinn'), input: { taskId } }));
    expect(await qa()).toMatchObject({ state: 'open', reason: null, settledByName: null });
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'task.reopened',
      details: { was: 'not-applicable', reason: 'Nothing to test.' },
    });
  });

  it('is put off by at most two weeks', async () => {
    const { id: taskId } = await qa();
    const snooze = (days: number) =>
      snoozeTask({ ctx: world.as('quinn'), input: { taskId, until: world.clock.now() + days * 86_400_000 } });
    expect(await snooze(15)).toMatchObject({ refusal: { code: 'invalid', field: 'until' } });
    expect(await snooze(-1)).toMatchObject({ refusal: { code: 'invalid', field: 'until' } });
    accepted(await snooze(3));
    expect(await qa()).toMatchObject({ snoozedByName: 'Quinn Abara' });
  });

  it('moves with go-live, in both directions, and stays ticked', async () => {
    const before = await findTasks(world.services.db, [releaseId]);
    await moveTo('2030-08-20', Date.parse(goLive));
    const moved = await findTasks(world.services.db, [releaseId]);
    expect(moved.find(({ key }) => key === 'milestone-feature-complete')?.state).toBe('open');
    const later = before.map(({ dueAt }) => dueAt + 63 * 86_400_000);
    expect(moved.map(({ dueAt }) => dueAt)).toEqual(later);
    await moveTo('2030-06-18', Date.parse('2030-08-20T08:00:00Z'));
    expect(await findTasks(world.services.db, [releaseId])).toEqual(before);
  });

  it('is over with its release', async () => {
    accepted(
      await cancelRelease({ ctx: world.as('rita'), input: { releaseKey: null, reason: 'Not needed.' } }),
    );
    const result = await markTaskDone({
      ctx: world.as('quinn'),
      input: { taskId: (await qa()).id, evidence: null },
    });
    expect(result).toMatchObject({
      refusal: { code: 'wrong-state', message: 'web-2.4.0 is cancelled: its tasks are over.' },
    });
  });
});

describe('the milestones that the release settles', () => {
  const decision = () => taskOf(world, releaseId, 'milestone-go-no-go-decision');
  const deployment = () => taskOf(world, releaseId, 'milestone-production-deployment');

  it('are not for ticking', async () => {
    const input = { taskId: (await decision()).id, evidence: null };
    expect(await markTaskDone({ ctx: world.as('rita'), input })).toMatchObject({
      refusal: { code: 'wrong-state', message: expect.stringContaining('The go/no-go settles it') },
    });
  });

  it('are done with the go and with the rollout, and open again when the go is taken back', async () => {
    const pollId = await openDecision(world);
    for (const person of voters) accepted(await voteGo(world, pollId, person));
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
    expect((await decision()).state).toBe('done');
    await moveTo('2030-06-20', Date.parse(goLive));
    expect((await decision()).state).toBe('open');
  });

  it('are done when the new version has all traffic', async () => {
    const pollId = await openDecision(world);
    for (const person of voters) accepted(await voteGo(world, pollId, person));
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
    world.clock.moveTo(goLive);
    expect((await deployment()).state).toBe('open');
    for (let phase = 0; phase < 4; phase += 1) {
      await promoteAndConfirm(world, releaseId);
      world.clock.moveBy(4 * 3_600_000);
    }
    expect((await deployment()).state).toBe('done');
  });
});
