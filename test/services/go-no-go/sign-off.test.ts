import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestDecision } from '../../../src/db/queries/decisions.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { overrideDecision } from '../../../src/services/go-no-go/override-decision.ts';
import { signOff } from '../../../src/services/go-no-go/sign-off.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  inWords,
  openDecision,
  planRelease,
  pollOf,
  promote,
  releaseOf,
  voteGo,
  voters,
} from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const sign = async (person: PersonName, typed = 'web-2.4.0') => {
  const decision = await latestDecision(world.services.db, releaseId);
  const decisionId = decision?.id ?? crypto.randomUUID();
  return signOff({ ctx: world.as(person), input: { releaseKey: null, typed, decisionId } });
};
const stateNow = async () => (await releaseOf(world, releaseId)).state;

/** A go that has to be signed off by Rita and Bo. */
async function decided(): Promise<void> {
  releaseId = await planRelease(world, { goNoGo: { ...world.plan.goNoGo, signOff: true } });
  const pollId = await openDecision(world);
  for (const person of voters) accepted(await voteGo(world, pollId, person));
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
}

describe('where the plan asks for it', () => {
  it('a go approves the release once two people have signed', async () => {
    await decided();
    expect(await stateNow()).toBe('in_planning');
    expect(accepted(await sign('rita'))).toMatchObject({ role: 'release_manager', isComplete: false });
    expect(await stateNow()).toBe('in_planning');
    expect(accepted(await sign('bo'))).toMatchObject({ role: 'business_sponsor', isComplete: true });
    expect(await stateNow()).toBe('approved');
    const decision = await latestDecision(world.services.db, releaseId);
    expect(decision?.signOffs).toMatchObject([{ personName: 'Rita Moreno' }, { role: 'business_sponsor' }]);
  });

  it('nobody can promote before, and hears that the signature is missing', async () => {
    await decided();
    world.clock.moveTo(goLive);
    expect(JSON.stringify(inWords(await promote(world)))).toContain('it is not signed off yet');
  });

  it('nobody signs twice, nor without the key, nor without the right', async () => {
    await decided();
    expect(inWords(await sign('rita', 'web-2.4.1'))).toMatchObject({
      refusal: { field: 'typed', message: 'That is not the key. Type web-2.4.0 to sign it off.' },
    });
    accepted(await sign('rita'));
    expect(inWords(await sign('rita'))).toMatchObject({
      refusal: {
        message:
          "You have signed web-2.4.0 off as Release Manager. The sign-off of the Business Sponsor has to be somebody else's.",
      },
    });
    expect(await sign('quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
  });

  it('an override does not replace it', async () => {
    await decided();
    const { id: pollId, round } = await pollOf(world, releaseId);
    const input = { releaseKey: null, reason: 'Now.', pollId, round };
    expect(inWords(await overrideDecision({ ctx: world.as('rita'), input }))).toMatchObject({
      refusal: { message: expect.stringContaining('the sign-off, which nobody can override') },
    });
  });

  it('nobody signs what they were not shown', async () => {
    await decided();
    const input = { releaseKey: null, typed: 'web-2.4.0', decisionId: crypto.randomUUID() };
    expect(inWords(await signOff({ ctx: world.as('rita'), input }))).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('has been decided again') },
    });
  });

  it('a go for one day is not signed off for another', async () => {
    await decided();
    const from = (await releaseOf(world, releaseId)).goLiveAt;
    const input = {
      releaseKey: 'web-2.4.0',
      date: '2030-06-25',
      time: '10:00',
      reason: 'The API is late.',
      from,
    };
    accepted(await rescheduleRelease({ ctx: world.as('rita'), input }));
    expect(inWords(await sign('rita'))).toMatchObject({
      refusal: { message: expect.stringContaining('The go-live of web-2.4.0 was moved after its go.') },
    });
    expect(await stateNow()).toBe('in_planning');
  });

  it('a change of the plan makes it void', async () => {
    await decided();
    accepted(await sign('rita'));
    const { plan } = await releaseOf(world, releaseId);
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan: { ...plan, version: '2.4.1' } } }));
    expect(inWords(await sign('bo'))).toMatchObject({
      refusal: { message: expect.stringContaining('has changed since its go') },
    });
    expect(await stateNow()).toBe('in_planning');
  });
});

it('elsewhere a go approves at once, and may be signed all the same', async () => {
  releaseId = await approvedRelease(world);
  accepted(await sign('rita'));
  expect(accepted(await sign('bo')).isComplete).toBe(true);
  expect(await stateNow()).toBe('approved');
});

it('there is nothing to sign before a go', async () => {
  releaseId = await planRelease(world);
  expect(inWords(await sign('rita'))).toMatchObject({
    refusal: { message: expect.stringContaining('There is no go for web-2.4.0') },
  });
});
