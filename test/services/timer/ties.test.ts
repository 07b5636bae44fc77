import { afterEach, beforeEach, expect, it } from 'vitest';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  openDecision,
  outboxOf,
  planRelease,
  playUntil,
  pollOf,
  promote,
  releaseOf,
  voteGo,
  voters,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

it('a poll that closes when the next one opens makes room for it', async () => {
  const at = { offset: '-P1D', time: '14:00' };
  const polls = world.plan.goNoGo.polls.map((poll) =>
    poll.kind === 'readiness' ? { ...poll, closes: at } : { ...poll, opens: at },
  );
  const releaseId = await planRelease(world, { goNoGo: { ...world.plan.goNoGo, polls } });
  await playUntil(world, '2030-06-11T12:00:00Z');
  await playUntil(world, '2030-06-17T12:00:00Z');
  expect(await pollOf(world, releaseId)).toMatchObject({ kind: 'decision', state: 'open' });
});

it('a decision that falls due at go-live is taken before the kickoff is told', async () => {
  const releaseId = await planRelease(world);
  // Asked for less than a day before: it closes at go-live itself.
  world.clock.moveTo('2030-06-18T07:00:00Z');
  await world.query(`update timers set state = 'cancelled' where due_at < '2030-06-18T08:00:00Z'`);
  const pollId = await openDecision(world);
  for (const person of voters) accepted(await voteGo(world, pollId, person));
  await playUntil(world, goLive);
  expect((await releaseOf(world, releaseId)).state).toBe('approved');
  const told = await outboxOf(world);
  expect(told.indexOf('decision-outcome')).toBeGreaterThan(0);
  expect(told.indexOf('decision-outcome')).toBeLessThan(told.indexOf('deployment-kickoff'));
});

it('a promotion waits while a decision is asked for again', async () => {
  await approvedRelease(world);
  world.clock.moveTo(goLive);
  await openDecision(world);
  expect(await promote(world)).toMatchObject({
    refusal: { reasons: ['A go/no-go is open, and its decision comes first.'] },
  });
});
