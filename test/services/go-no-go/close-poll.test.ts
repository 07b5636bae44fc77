import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  openDecision,
  outboxOf,
  planRelease,
  playUntil,
  pollOf,
  releaseOf,
  voteGo,
  voteNoGo,
  voters,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const close = (pollId: string) => closePoll({ ctx: world.as('rita'), input: { pollId } });

async function openedPoll() {
  const releaseId = await planRelease(world);
  return { releaseId, pollId: await openDecision(world) };
}

describe('a decision poll', () => {
  it('approves the release when all required roles voted go', async () => {
    const releaseId = await approvedRelease(world);
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'go' });
    const events = (await auditOf(world, releaseId)).slice(-3);
    expect(events.map((event) => event.action)).toEqual([
      'poll.closed',
      'decision.recorded',
      'release.moved',
    ]);
    expect(events[0]?.details.votes).toHaveLength(6);
    expect(await outboxOf(world)).toContain('decision-outcome');
  });

  it('does not approve it while votes are missing', async () => {
    const { releaseId, pollId } = await openedPoll();
    for (const person of voters.slice(1)) await voteGo(world, pollId, person);
    expect(accepted(await close(pollId)).outcome).toBe('timed_out');
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
  });

  it('does not approve it against one no-go', async () => {
    const { releaseId, pollId } = await openedPoll();
    for (const person of voters) await voteGo(world, pollId, person);
    await voteNoGo(world, pollId, 'sam', 'An open finding.');
    expect(accepted(await close(pollId)).outcome).toBe('no_go');
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    const [content] = await world.query<{ text: string }>(
      `select content::text as text from deliveries where subject = 'decision-outcome'`,
    );
    expect(content?.text).toContain('An open finding.');
  });

  it('leaves an approval as it is when votes are missing and nobody objects', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveBy(3_600_000);
    const pollId = await openDecision(world);
    await voteGo(world, pollId, 'rita');
    expect(accepted(await close(pollId)).outcome).toBe('go_stands');
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'go_stands' });
  });

  it('asked early stands when nobody votes at the scheduled poll, which says so', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, '2030-06-17T12:00:00Z');
    const poll = await pollOf(world, releaseId);
    expect(poll).toMatchObject({ kind: 'decision', state: 'open' });
    expect(JSON.stringify(poll.intro)).toContain('The release already has a go.');
    await playUntil(world, poll.closesAt);
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'go_stands' });
  });

  it('takes an approval back when somebody votes no-go', async () => {
    const releaseId = await approvedRelease(world);
    const pollId = await openDecision(world);
    await voteNoGo(world, pollId, 'sam', 'An open finding.');
    accepted(await close(pollId));
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    const moved = (await auditOf(world, releaseId)).filter((event) => event.action === 'release.moved');
    expect(moved.at(-1)?.details).toMatchObject({ transition: 'withdrawApproval' });
  });

  it('closes by its timer, with the votes that are there', async () => {
    const { releaseId, pollId } = await openedPoll();
    for (const person of voters) await voteGo(world, pollId, person);
    const { closesAt } = await pollOf(world, releaseId);
    await playUntil(world, closesAt - 1);
    expect((await pollOf(world, releaseId)).state).toBe('open');
    await playUntil(world, closesAt);
    expect(await pollOf(world, releaseId)).toMatchObject({
      state: 'closed',
      outcome: 'go',
      closedAt: closesAt,
    });
    const closed = (await auditOf(world, releaseId)).find((event) => event.action === 'poll.closed');
    expect(closed).toMatchObject({ actor: 'system:schedule', subject: pollId });
  });

  it('counts no vote from the close on', async () => {
    const { releaseId, pollId } = await openedPoll();
    for (const person of voters) await voteGo(world, pollId, person);
    const { closesAt } = await pollOf(world, releaseId);
    await world.query(`update votes set voted_at = $1 where role = 'qa_lead'`, [new Date(closesAt)]);
    await playUntil(world, closesAt);
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'timed_out' });
  });

  it('closed by hand is not closed again by its timer', async () => {
    const { releaseId, pollId } = await openedPoll();
    const { closesAt } = await pollOf(world, releaseId);
    accepted(await close(pollId));
    const timers = await world.query('select state from timers where subject_id = $1', [pollId]);
    expect(timers).toEqual(Array(4).fill({ state: 'cancelled' }));
    await playUntil(world, closesAt);
    const closed = (await auditOf(world, releaseId)).filter((event) => event.action === 'poll.closed');
    expect(closed).toHaveLength(1);
  });

  it('closes once when two ask at the same moment', async () => {
    const { pollId } = await openedPoll();
    const results = await Promise.all([close(pollId), close(pollId)]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect((await outboxOf(world)).filter((subject) => subject === 'decision-outcome')).toHaveLength(1);
  });

  it('is not known by another id', async () => {
    const unknown = await close('99999999-9999-4999-8999-999999999999');
    expect(unknown).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

describe('a readiness poll', () => {
  it('tells how things stand and moves nothing', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, '2030-06-11T12:00:00Z');
    const poll = await pollOf(world, releaseId);
    expect(poll).toMatchObject({ kind: 'readiness', state: 'open' });
    for (const person of voters) await voteGo(world, poll.id, person);
    await playUntil(world, poll.closesAt);
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'go' });
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    expect(await outboxOf(world)).toContain('readiness-outcome');
  });

  it('leaves a go that was given before as it is, and says so from the beginning', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, '2030-06-11T12:00:00Z');
    const poll = await pollOf(world, releaseId);
    expect(poll).toMatchObject({ kind: 'readiness', state: 'open' });
    expect(JSON.stringify(poll.intro)).toContain(
      "The release already has a go; this check doesn't change it.",
    );
    await playUntil(world, poll.closesAt);
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'timed_out' });
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    const [told] = await world.query<{ content: unknown }>(
      `select content from deliveries where subject = 'readiness-outcome'`,
    );
    expect(JSON.stringify(told)).toContain("web-2.4.0 keeps its go: this check doesn't change it.");
  });
});
