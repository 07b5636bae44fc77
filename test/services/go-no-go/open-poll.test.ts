import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { goLive, idOf, openWorld, type World, worldStart } from '../../support/test-services.ts';
import {
  accepted,
  auditOf,
  openDecision,
  planRelease,
  pollOf,
  releaseAtOnePercent,
  releaseOf,
  voters,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const ask = (person: 'rita' | 'dana' = 'rita') =>
  askGoNoGo({ ctx: world.as(person), input: { releaseKey: null } });
const hour = 3_600_000;

describe('asking for the go/no-go', () => {
  it('makes the later of two polls the latest, by a clock that stands still', async () => {
    const releaseId = await planRelease(world);
    const pollIds: string[] = [];
    for (let asked = 0; asked < 4; asked += 1) {
      const pollId = await openDecision(world);
      pollIds.push(pollId);
      accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
      expect((await pollOf(world, releaseId)).id).toBe(pollId);
    }
    expect(new Set(pollIds).size).toBe(4);
  });

  it('opens a card in the channel, a ballot for each voter, and sets the close', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    const cards = await world.query<{ kind: string; destination: string }>(
      'select kind, destination from cards where subject_id = $1',
      [pollId],
    );
    expect(cards).toHaveLength(7);
    expect(cards).toContainEqual({ kind: 'poll', destination: 'slack:channel:C-release-deployment' });
    for (const person of voters) {
      expect(cards).toContainEqual({ kind: 'ballot', destination: `slack:person:${idOf(person)}` });
    }
    const closes = new Date(Date.parse(worldStart) + 24 * hour);
    const timers = await world.query(
      'select kind, due_at, state from timers where subject_id = $1 order by due_at',
      [pollId],
    );
    expect(timers).toEqual([
      { kind: 'poll-remind', due_at: new Date(Date.parse(worldStart) + 6 * hour), state: 'pending' },
      { kind: 'poll-escalate', due_at: new Date(Date.parse(worldStart) + 12 * hour), state: 'pending' },
      { kind: 'poll-remind', due_at: new Date(Date.parse(worldStart) + 23 * hour), state: 'pending' },
      { kind: 'poll-close', due_at: closes, state: 'pending' },
    ]);
    expect(await pollOf(world, releaseId)).toMatchObject({ kind: 'decision', state: 'open', votes: [] });
    const opened = (await auditOf(world, releaseId)).find((event) => event.action === 'poll.opened');
    expect(opened).toMatchObject({ actor: `slack:${idOf('rita')}`, subject: pollId });
  });

  it('closes at go-live when that is less than a day away', async () => {
    const releaseId = await planRelease(world);
    world.clock.moveTo(Date.parse(goLive) - 3 * hour);
    await openDecision(world);
    expect((await pollOf(world, releaseId)).closesAt).toBe(Date.parse(goLive));
  });

  it('stays open for a day when go-live has passed', async () => {
    const releaseId = await planRelease(world);
    world.clock.moveTo(Date.parse(goLive) + hour);
    await openDecision(world);
    expect((await pollOf(world, releaseId)).closesAt).toBe(Date.parse(goLive) + 25 * hour);
  });

  it('answers with the open poll when there is one', async () => {
    await planRelease(world);
    const first = accepted(await ask());
    expect(first.opened).toBe(true);
    expect(accepted(await ask())).toEqual({ ...first, opened: false });
  });

  it('opens one poll when two people ask at the same moment', async () => {
    await planRelease(world);
    const [one, other] = await Promise.all([ask(), ask()]);
    expect([accepted(one).opened, accepted(other).opened].sort()).toEqual([false, true]);
    expect(accepted(one).pollId).toBe(accepted(other).pollId);
    expect(await world.query('select 1 from polls')).toHaveLength(1);
  });

  it('is refused once the rollout has begun', async () => {
    const releaseId = await releaseAtOnePercent(world);
    expect(await ask()).toMatchObject({ refusal: { code: 'wrong-state', releaseId } });
  });

  it('is refused without a release', async () => {
    expect(await ask()).toMatchObject({ refusal: { code: 'not-found' } });
    const unknown = await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey: 'web-9.9' } });
    expect(unknown).toMatchObject({ refusal: { code: 'not-found' } });
  });

  it('asks which release when several are under way', async () => {
    const id = await planRelease(world);
    await planRelease(world, { release: 'app-1.0' });
    expect(await ask()).toMatchObject({
      refusal: { code: 'ambiguous', message: expect.stringMatching(/app-1\.0.*web-2\.4\.0/) },
    });
    const named = await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey: 'web-2.4.0' } });
    expect(accepted(named).releaseId).toBe(id);
    expect((await releaseOf(world, id)).state).toBe('in_planning');
  });
});
