import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import { rolloutCard } from '../../../src/bot/cards/rollout/rollout-card.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  openDecision,
  outboxOf,
  planRelease,
  playUntil,
  pollOf,
  promote,
  releaseOf,
  rolloutOf,
  voteGo,
  voters,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const hour = 3_600_000;
const pause = (by: PersonName, until: number | null = null, reason = 'The supplier is late.') =>
  pauseRelease({ ctx: world.as(by), input: { releaseKey: null, reason, until } });
const resume = (by: PersonName) => resumeRelease({ ctx: world.as(by), input: { releaseKey: null } });

describe('a paused release', () => {
  it('says nothing of its schedule until it is resumed, and then what is true', async () => {
    const releaseId = await planRelease(world);
    accepted(await pause('rita'));
    await playUntil(world, '2030-06-04T13:00:00Z');
    expect((await outboxOf(world)).filter((subject) => !subject.startsWith('card'))).toEqual([
      'planned',
      'paused',
    ]);
    expect(accepted(await resume('bo'))).toMatchObject({ overdue: 3 });
    await playUntil(world, world.clock.now());
    expect(await outboxOf(world)).toEqual(
      expect.arrayContaining(['resumed', 'readiness-review', 'stakeholder-notification']),
    );
    expect(await actionsOf(world, releaseId)).toEqual(
      expect.arrayContaining(['release.paused', 'release.resumed']),
    );
  });

  it('does what fell due in the pause on resuming, also when its plan was changed meanwhile', async () => {
    await approvedRelease(world);
    accepted(await pause('rita'));
    world.clock.moveTo(goLive);
    world.clock.moveBy(hour);
    const plan = { ...world.plan, summary: 'Checkout takes one step.' };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    accepted(await resume('rita'));
    await playUntil(world, world.clock.now());
    expect(await outboxOf(world)).toContain('card:rollout');
    const withheld = await world.query(
      `select 1 from communications where note = 'Its time had passed when the plan was changed.'`,
    );
    expect(withheld).toEqual([]);
  });

  it('is asked about again on resuming, when what a go was given for changed meanwhile', async () => {
    const releaseId = await approvedRelease(world);
    // The decision poll of the schedule is over by then.
    world.clock.moveTo(goLive);
    world.clock.moveBy(-hour);
    accepted(await pause('rita'));
    const plan = { ...world.plan, version: '2.4.1' };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    expect((await pollOf(world, releaseId)).state).toBe('closed');
    accepted(await resume('rita'));
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'open', kind: 'decision', votes: [] });
  });

  it('is not asked about, not promoted, and shows why', async () => {
    const releaseId = await approvedRelease(world);
    accepted(await pause('rita'));
    world.clock.moveTo(goLive);
    const refused = {
      refusal: {
        code: 'wrong-state',
        message: expect.arrayContaining([expect.stringContaining('is paused since')]),
      },
    };
    expect(await promote(world)).toMatchObject(refused);
    expect(await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey: null } })).toMatchObject(refused);
    expect(await pause('rita')).toMatchObject(refused);
    const shown = JSON.stringify(
      rolloutCard(await releaseOf(world, releaseId), await rolloutOf(world, releaseId), 0, {
        hasDriver: true,
      }),
    );
    expect(shown).toContain('paused, no traffic yet');
    expect(shown).toContain('The supplier is late.');
    expect(shown).not.toContain('"promote"');
    accepted(await resume('rita'));
    expect((await promote(world)).ok).toBe(true);
  });

  it('keeps its poll open, by as much as it was paused', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    const { closesAt } = await pollOf(world, releaseId);
    accepted(await pause('rita'));
    await playUntil(world, closesAt + hour);
    expect((await pollOf(world, releaseId)).state).toBe('open');
    expect((await voteGo(world, pollId, 'quinn')).ok).toBe(true);
    accepted(await resume('rita'));
    const { closesAt: later } = await pollOf(world, releaseId);
    expect(later).toBeGreaterThan(closesAt + hour);
    await playUntil(world, later);
    expect((await pollOf(world, releaseId)).state).toBe('closed');
  });

  it("can't have its poll closed, is offered no button for it, and counts what is voted meanwhile", async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    const { closesAt } = await pollOf(world, releaseId);
    const close = () => closePoll({ ctx: world.as('rita'), input: { pollId } });
    const card = async () =>
      JSON.stringify(pollCard(await releaseOf(world, releaseId), await pollOf(world, releaseId)));
    expect(await card()).toContain('close-poll');
    accepted(await pause('rita'));
    world.clock.moveTo(closesAt + hour);
    for (const person of voters) accepted(await voteGo(world, pollId, person));
    expect(await close()).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.arrayContaining([expect.stringContaining('is paused since')]),
      },
    });
    expect((await pollOf(world, releaseId)).state).toBe('open');
    expect(await card()).toContain('vote-go');
    expect(await card()).not.toContain('close-poll');
    accepted(await resume('rita'));
    expect(await card()).toContain('close-poll');
    expect(accepted(await close())).toMatchObject({ outcome: 'go' });
  });

  it('goes on by itself at its end', async () => {
    const releaseId = await planRelease(world);
    const until = world.clock.now() + 2 * hour;
    accepted(await pause('rita', until));
    expect((await releaseOf(world, releaseId)).pause).toMatchObject({ until });
    await playUntil(world, until);
    expect((await releaseOf(world, releaseId)).pause).toBeNull();
    expect(await outboxOf(world)).toContain('resumed');
  });

  it('is refused without a reason, with an end that has passed, and to whoever may not', async () => {
    await planRelease(world);
    expect(await pause('rita', null, ' ')).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await pause('rita', 1)).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await pause('quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await resume('rita')).toMatchObject({ refusal: { message: 'web-2.4.0 is not paused.' } });
    expect(await resume('quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
  });
});
