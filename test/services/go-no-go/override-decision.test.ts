import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestDecision } from '../../../src/db/queries/decisions.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { overrideDecision } from '../../../src/services/go-no-go/override-decision.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  inWords,
  openDecision,
  planRelease,
  pollOf,
  releaseOf,
  voteGo,
  voteNoGo,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const override = async (person: PersonName = 'rita', reason = 'The fix can’t wait.') => {
  const [shown] = await world.query<{ id: string; round: number }>(
    'select id, round from polls order by opened_at desc limit 1',
  );
  const { id: pollId, round } = shown ?? { id: crypto.randomUUID(), round: 1 };
  return overrideDecision({ ctx: world.as(person), input: { releaseKey: null, reason, pollId, round } });
};

async function refusedPoll() {
  const releaseId = await planRelease(world);
  const pollId = await openDecision(world);
  await voteGo(world, pollId, 'rita');
  await voteNoGo(world, pollId, 'quinn');
  return { releaseId, pollId };
}

describe('an override', () => {
  it('is of the votes that were shown, and of no later ones', async () => {
    const { releaseId, pollId } = await refusedPoll();
    const { round } = await pollOf(world, releaseId);
    const input = { releaseKey: null, reason: 'Now.', pollId, round: round + 1 };
    expect(inWords(await overrideDecision({ ctx: world.as('rita'), input }))).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('has changed since you were asked') },
    });
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
  });

  it('approves after a no-go, loudly, and is a decision of its own', async () => {
    const { releaseId, pollId } = await refusedPoll();
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
    accepted(await override());
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'overridden' });
    expect(await latestDecision(world.services.db, releaseId)).toMatchObject({
      kind: 'override',
      outcome: 'overridden',
      record: { decidedBy: 'Rita Moreno', reason: 'The fix can’t wait.' },
    });
    const words = await wordsOfLast(world, 'decision-overridden');
    expect(words[0]).toBe('⚠️ web-2.4.0: GO BY OVERRIDE of Rita Moreno');
    expect(words.join('\n')).toContain('no-go by Quinn Abara, 4 votes missing');
    const actions = (await auditOf(world, releaseId)).map(({ action }) => action);
    expect(actions.slice(-3)).toEqual(['poll.revised', 'decision.recorded', 'release.moved']);
  });

  it('ends an open poll', async () => {
    const { releaseId, pollId } = await refusedPoll();
    accepted(await override());
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'overridden' });
    expect(inWords(await voteGo(world, pollId, 'dana'))).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('needs a reason and the right', async () => {
    await refusedPoll();
    expect(await override('rita', ' ')).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await override('quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
  });

  it('is not for what is approved, nor for what nobody was asked about', async () => {
    await planRelease(world);
    expect(inWords(await override())).toMatchObject({
      refusal: { message: expect.stringContaining('nothing to override') },
    });
    const pollId = await openDecision(world);
    accepted(await override());
    expect(inWords(await override())).toMatchObject({
      refusal: { message: 'web-2.4.0 is approved: there is nothing to override.' },
    });
    expect(pollId).toBeTruthy();
  });

  it('is not for a plan that has changed since the vote', async () => {
    const { pollId } = await refusedPoll();
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
    const plan = { ...world.plan, version: '2.4.1' };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    expect(inWords(await override())).toMatchObject({
      refusal: { message: expect.stringContaining('has changed since the vote') },
    });
  });
});

it('a decision names what the operation after it rests on', async () => {
  const releaseId = await approvedRelease(world);
  const decision = await latestDecision(world.services.db, releaseId);
  expect(decision?.record).toMatchObject({ outcome: 'go', missing: [], policy: { rule: 'unanimous' } });
  expect(decision?.record.votes).toHaveLength(6);
  await expect(world.query(`update decisions set outcome = 'no_go'`)).rejects.toThrow('append-only');
  await expect(world.query('delete from poll_evidence')).rejects.toThrow('append-only');
});
