import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { unfrozen } from '../changes/late-change.ts';
import {
  accepted,
  approvedRelease,
  inWords,
  openDecision,
  planRelease,
  playUntil,
  pollOf,
  releaseOf,
  voteGo,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.plan = unfrozen(world.plan);
});
afterEach(() => world.close());

const edit = async (changes: Partial<Plan>) =>
  accepted(await editRelease({ ctx: world.as('rita'), input: { plan: { ...world.plan, ...changes } } }));

describe('a change of what is voted on', () => {
  it.each([
    ['version', { version: '2.4.1' }],
    ['build', { build: '4f2c9e1' }],
    [
      'scope',
      { scope: { features: ['Two-step checkout'], fixes: [], performance: [], security: [], debt: [] } },
    ],
  ] as const)('opens the poll again: its %s', async (part, changes) => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    accepted(await voteGo(world, pollId, 'quinn'));
    const before = await pollOf(world, releaseId);
    await edit(structuredClone(changes) as Partial<Plan>);
    const after = await pollOf(world, releaseId);
    expect(after).toMatchObject({ id: pollId, state: 'open', round: 2, votes: [], changes: [part] });
    expect(after.outdated).toMatchObject([{ role: 'qa_lead', choice: 'go' }]);
    expect(after.contents).not.toEqual(before.contents);
    const told = await wordsOfLast(world, 'vote-outdated');
    expect(told.join('\n')).toContain(`Changed: ${part}. Your vote (go) was for the plan as it was before`);
  });

  it('refuses a vote from before it, and says what has changed', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    accepted(await voteGo(world, pollId, 'quinn'));
    await edit({ version: '2.4.1' });
    const vote = (round: number) =>
      castVote({ ctx: world.as('dana'), input: { pollId, choice: 'go', reason: null, round } });
    expect(inWords(await vote(1))).toMatchObject({
      refusal: {
        code: 'conflict',
        message: expect.stringContaining('(version), so your vote was not counted'),
      },
    });
    accepted(await vote(2));
    expect((await pollOf(world, releaseId)).votes).toMatchObject([{ role: 'devops_lead' }]);
  });

  it('follows the new plan in whom it asks, and how it counts', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    accepted(await voteGo(world, pollId, 'quinn'));
    const policy = { rule: 'majority' as const, veto: [], observers: ['support_lead' as const] };
    await edit({ goNoGo: { ...world.plan.goNoGo, policy } });
    expect(await pollOf(world, releaseId)).toMatchObject({
      roles: [...world.plan.goNoGo.roles, 'support_lead'],
      policy: { rule: 'majority', observers: ['support_lead'] },
    });
  });

  it('leaves a poll alone that is about something else', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    accepted(await voteGo(world, pollId, 'quinn'));
    await edit({ summary: 'Checkout takes one step.' });
    expect(await pollOf(world, releaseId)).toMatchObject({ round: 1, votes: [{ role: 'qa_lead' }] });
  });

  it('takes a go back; the poll of the plan asks again', async () => {
    const releaseId = await approvedRelease(world);
    await edit({ version: '2.4.1' });
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    expect((await pollOf(world, releaseId)).state).toBe('closed');
  });

  it('takes a go back and asks at once when the plan has no later poll', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, '2030-06-17T12:00:00Z');
    const { id: pollId, closesAt } = await pollOf(world, releaseId);
    for (const person of ['rita', 'emil', 'quinn', 'dana', 'priya', 'sam'] as const)
      accepted(await voteGo(world, pollId, person));
    await playUntil(world, closesAt);
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    await edit({ version: '2.4.1' });
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    expect(await pollOf(world, releaseId)).toMatchObject({ kind: 'decision', state: 'open', votes: [] });
  });
});
