import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card/card.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { watchTargets } from '../../../src/jobs/operations/watch-targets.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  openDecision,
  planRelease,
  playUntil,
  pollOf,
  promote,
  promoteAndConfirm,
  releaseAtOnePercent,
  rolloutOf,
  wakeAt,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const communication = async (key: string) => {
  const [row] = await world.query<{ state: string; note: string | null }>(
    'select state, note from communications where key = $1',
    [key],
  );
  return row;
};
const wordsOf = (sent: { content: Card | null } | undefined) => (sent?.content ? cardText(sent.content) : '');
/** What was put into the outbox for an item of the schedule; undefined when nothing was. */
const message = async (subject: string) => {
  const [row] = await world.query<{ content: Card | null; destination: string; text: string }>(
    'select content, destination, content::text as text from deliveries where subject = $1',
    [subject],
  );
  return row;
};
const hour = 3_600_000;

describe('the kickoff', () => {
  it('clears an approved release', async () => {
    await approvedRelease(world);
    await playUntil(world, goLive);
    expect(await communication('deployment-kickoff')).toEqual({ state: 'sent', note: null });
    expect((await message('deployment-kickoff'))?.content?.summary).toBe("web-2.4.0: it's go-live time");
  });

  it('says that there is no go decision when the release was not approved', async () => {
    await planRelease(world);
    await playUntil(world, goLive);
    const sent = await message('deployment-kickoff');
    expect(sent?.text).toContain("won't start: it isn't approved");
    expect(sent?.destination).toBe('slack:channel:C-release-deployment');
  });

  it('opens the live card in the channel, in either case', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, goLive);
    const cards = await world.query(`select subject_id, destination from cards where kind = 'rollout'`);
    expect(cards).toEqual([{ subject_id: releaseId, destination: 'slack:channel:C-release-deployment' }]);
  });
});

describe('the success message', () => {
  it('is sent when all traffic was read at the target, not before', async () => {
    const releaseId = await releaseAtOnePercent(world);
    for (const trafficPercent of [10, 50]) {
      world.clock.moveBy(3 * hour);
      await promoteAndConfirm(world, releaseId);
      expect(await communication('success-confirmation'), `at ${trafficPercent} %`).toMatchObject({
        state: 'planned',
      });
    }
    world.clock.moveBy(3 * hour);
    accepted(await promote(world));
    expect(await communication('success-confirmation')).toMatchObject({ state: 'planned' });
    await runOperation(world.jobs, releaseId);
    expect(await communication('success-confirmation')).toMatchObject({ state: 'sent' });
    expect((await message('success-confirmation'))?.destination).toBe('slack:channel:C-all-hands');
  });

  it('is not sent when the target did not take the last promotion', async () => {
    const releaseId = await releaseAtOnePercent(world);
    for (let phase = 0; phase < 2; phase += 1) {
      world.clock.moveBy(3 * hour);
      await promoteAndConfirm(world, releaseId);
    }
    world.clock.moveBy(3 * hour);
    world.driver.behaviour = 'not-taking';
    await promoteAndConfirm(world, releaseId);
    expect(await communication('success-confirmation')).toMatchObject({ state: 'planned' });
    expect((await message('promote-not_taken'))?.text).toContain('50 % on the new version');
  });
});

describe('after an absence', () => {
  it('a poll whose time to vote has passed is not held, which is told, and the next one is', async () => {
    const releaseId = await planRelease(world);
    await wakeAt(world, '2030-06-17T13:00:00Z');
    expect(await communication('go-no-go-readiness')).toEqual({
      state: 'withheld',
      note: 'Not sent: its time to vote had passed.',
    });
    expect(wordsOf(await message('go-no-go-readiness'))).toBe(
      'web-2.4.0: Go/no-go readiness check was not held. Voting would have closed Wed 12 Jun 2030, 14:00 (Europe/Amsterdam), before anyone could be asked.',
    );
    expect(await communication('go-no-go-decision')).toEqual({ state: 'sent', note: null });
    expect(await pollOf(world, releaseId)).toMatchObject({ kind: 'decision', state: 'open' });
  });

  it('nothing is said of a poll that would not have been held anyway', async () => {
    await planRelease(world);
    await world.query(`update releases set state = 'in_progress'`);
    await wakeAt(world, goLive);
    expect(await message('go-no-go-decision')).toBeUndefined();
    expect(await communication('go-no-go-decision')).toMatchObject({ state: 'withheld' });
  });

  it('nothing is said of a decision that could not be asked for where a go stands', async () => {
    await approvedRelease(world);
    await wakeAt(world, goLive);
    expect(await message('go-no-go-decision')).toBeUndefined();
    expect(await communication('go-no-go-decision')).toEqual({
      state: 'withheld',
      note: 'Not sent: its time to vote had passed, and the go decision stands.',
    });
    expect(wordsOf(await message('deployment-kickoff'))).toContain('is approved, and go-live is');
    expect(accepted(await promote(world)).toPercent).toBe(1);
  });

  it('a decision that could not be asked for in time is named, with what to do', async () => {
    await planRelease(world);
    await wakeAt(world, goLive);
    expect(await world.query('select kind from polls')).toEqual([]);
    expect(wordsOf(await message('go-no-go-decision'))).toContain(
      'Ask for it now with "release go-no-go web-2.4.0".',
    );
  });
});

describe('what a rollback tells', () => {
  const input = { releaseKey: null, reason: 'Checkout fails.' };

  it('goes to support and executives at once, with the reason, when it was read back from the target', async () => {
    const releaseId = await releaseAtOnePercent(world);
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    expect(await message('rollback-notice-support')).toBeUndefined();
    await runOperation(world.jobs, releaseId);
    const support = await message('rollback-notice-support');
    expect(support?.destination).toBe('slack:channel:C-support');
    expect(wordsOf(support)).toContain(
      'Customers have the previous version again. No traffic is on 2.4.0 any more, as last read from the live system.',
    );
    expect(support?.text).toContain('Checkout fails.');
    const executives = await message('rollback-notice-executives');
    expect(executives?.destination).toBe('slack:channel:C-executives');
    expect(wordsOf(executives)).toContain('1 % of traffic at its peak');
  });

  it('does not go out when the target did not take the rollback', async () => {
    const releaseId = await releaseAtOnePercent(world);
    world.driver.behaviour = 'not-taking';
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runOperation(world.jobs, releaseId);
    expect(await communication('rollback-notice-support')).toEqual({ state: 'planned', note: null });
    expect(await message('rollback-notice-executives')).toBeUndefined();
  });

  it('corrects the success only where it was told', async () => {
    const releaseId = await releaseAtOnePercent(world);
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runOperation(world.jobs, releaseId);
    expect(await communication('success-correction')).toEqual({
      state: 'withheld',
      note: 'Not sent: there is nothing to correct.',
    });
    expect(await communication('success-confirmation')).toMatchObject({ state: 'withheld' });
  });

  it('corrects the success that was told, after completion too', async () => {
    const releaseId = await releaseAtOnePercent(world);
    for (let phase = 0; phase < 3; phase += 1) {
      world.clock.moveBy(3 * hour);
      await promoteAndConfirm(world, releaseId);
    }
    await playUntil(world, '2030-06-26T00:00:00Z');
    expect(await world.query('select state from releases')).toEqual([{ state: 'completed' }]);
    expect(await communication('success-correction')).toEqual({ state: 'planned', note: null });
    accepted(await rollBackRollout({ ctx: world.as('emil'), input: { ...input, releaseKey: 'web-2.4.0' } }));
    await runOperation(world.jobs, releaseId);
    const correction = await message('success-correction');
    expect(correction?.destination).toBe('slack:channel:C-all-hands');
    expect(correction?.text).toContain('is no longer live');
  });
});

describe('the day after', () => {
  it('says of a first promotion that failed what was read', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    world.driver.behaviour = 'not-taking';
    await promoteAndConfirm(world, releaseId);
    await playUntil(world, '2030-06-19T12:00:00Z');
    expect(wordsOf(await message('metrics-analysis'))).toContain('0 % of traffic is on the new version');
  });

  it('gives the reason of the one who rolled back, not that of a repeat', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const input = { releaseKey: null, reason: 'Checkout fails.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runOperation(world.jobs, releaseId);
    world.driver.target.weight = 1;
    await watchTargets(world.jobs);
    await runOperation(world.jobs, releaseId);
    await playUntil(world, '2030-06-19T12:00:00Z');
    expect(wordsOf(await message('metrics-analysis'))).toContain('> Checkout fails.');
  });

  it('celebrates nothing after a rollback', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const input = { releaseKey: null, reason: 'Checkout fails.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runOperation(world.jobs, releaseId);
    await playUntil(world, '2030-06-26T00:00:00Z');
    expect((await message('post-release-review'))?.text).toContain('Checkout fails.');
    expect((await message('release-closing'))?.text).toMatch(/rolled back/i);
    expect(await message('success-confirmation')).toBeUndefined();
  });

  it('says of a rollout under way no more than was read', async () => {
    await releaseAtOnePercent(world);
    await playUntil(world, '2030-06-19T08:00:00Z');
    expect((await message('post-release-review'))?.text).toContain('1 %');
  });

  describe('after all traffic was on the new version, when it', () => {
    const dayAfter = '2030-06-19T12:00:00Z';
    const texts = async () =>
      Promise.all(
        ['post-release-review', 'metrics-analysis'].map(async (key) => (await message(key))?.text ?? ''),
      );
    let releaseId: string;
    beforeEach(async () => {
      releaseId = await releaseAtOnePercent(world);
      for (let phase = 1; phase < 4; phase += 1) {
        world.clock.moveBy(3 * hour);
        await promoteAndConfirm(world, releaseId);
      }
      world.clock.moveBy(hour);
    });

    it('is still there, says that it was read', async () => {
      await playUntil(world, dayAfter);
      for (const text of await texts()) expect(text).toContain('All traffic is on');
    });

    it.each([
      ['is being rolled back', async () => undefined],
      [
        'could not be rolled back',
        async () => {
          world.driver.behaviour = 'unreachable';
          for (let wait = await runOperation(world.jobs, releaseId); wait !== null; ) {
            world.wall.now += wait;
            wait = await runOperation(world.jobs, releaseId);
          }
          expect((await rolloutOf(world, releaseId)).operations[0]?.state).toBe('failed');
        },
      ],
    ])('%s, says that the traffic percent is not known', async (_, carryOut) => {
      const input = { releaseKey: null, reason: 'Checkout fails.' };
      accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
      await carryOut();
      await playUntil(world, dayAfter);
      for (const text of await texts()) {
        expect(text).toMatch(/we don't know how much traffic is on/i);
        expect(text).not.toMatch(/All traffic|100 %\W*of traffic|last read/);
      }
    });
  });

  it('withholds what has no true text, and says why', async () => {
    await approvedRelease(world);
    await playUntil(world, '2030-06-20T00:00:00Z');
    expect(await communication('lessons-learned')).toEqual({
      state: 'withheld',
      note: 'Not sent: the rollout has not begun.',
    });
    expect(await message('lessons-learned')).toBeUndefined();
  });
});

describe('a poll of the schedule', () => {
  it('opens with the text of its template', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, '2030-06-11T12:00:00Z');
    const poll = await pollOf(world, releaseId);
    expect(poll).toMatchObject({ kind: 'readiness', state: 'open' });
    expect(poll.intro.length).toBeGreaterThan(0);
    expect(poll.closesAt).toBe(Date.parse('2030-06-12T12:00:00Z'));
  });

  it('is withheld while another one is open, and says so', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, '2030-06-11T11:00:00Z');
    const pollId = await openDecision(world);
    await playUntil(world, '2030-06-11T12:00:00Z');
    expect((await pollOf(world, releaseId)).id).toBe(pollId);
    expect(await communication('go-no-go-readiness')).toEqual({
      state: 'withheld',
      note: 'Not sent: a go/no-go is open already.',
    });
  });

  it('is withheld once the rollout has begun', async () => {
    await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await promote(world));
    await playUntil(world, goLive);
    expect(await communication('go-no-go-decision')).toMatchObject({ state: 'withheld' });
  });
});

describe('the end of the follow-up', () => {
  const stateAtEnd = async () => {
    await playUntil(world, '2030-06-26T00:00:00Z');
    return (await world.query<{ state: string }>('select state from releases'))[0]?.state;
  };
  const completeRollout = async (releaseId: string) => {
    for (let phase = 1; phase < 4; phase += 1) {
      world.clock.moveBy(3 * hour);
      await promoteAndConfirm(world, releaseId);
    }
  };

  it('completes a release whose rollout is complete', async () => {
    await completeRollout(await releaseAtOnePercent(world));
    expect(await stateAtEnd()).toBe('completed');
  });

  it('leaves a release that was never approved in planning', async () => {
    await planRelease(world);
    expect(await stateAtEnd()).toBe('in_planning');
  });

  it('leaves a rollout under way in progress, and completes it with its last promotion', async () => {
    const releaseId = await releaseAtOnePercent(world);
    expect(await stateAtEnd()).toBe('in_progress');
    await completeRollout(releaseId);
    expect((await world.query<{ state: string }>('select state from releases'))[0]?.state).toBe('completed');
  });
});

describe('an audience with several channels', () => {
  const channels = () => ({ ...world.plan.channels, release: ['#release-deployment', '#qa'] });
  const both = ['slack:channel:C-release-deployment', 'slack:channel:C-qa'];
  const destinationsOf = async (subject: string) => {
    const rows = await world.query<{ destination: string; communication_id: string }>(
      'select destination, communication_id from deliveries where subject = $1 order by seq',
      [subject],
    );
    expect(new Set(rows.map((row) => row.communication_id)).size).toBe(1);
    return rows.map(({ destination }) => destination);
  };

  it('gets every message in each of them, in their order', async () => {
    await planRelease(world, { channels: channels() });
    expect(await destinationsOf('planned')).toEqual(both);
    await playUntil(world, '2030-06-04T08:00:00Z');
    expect(await destinationsOf('readiness-review')).toEqual(both);
    expect(await communication('readiness-review')).toEqual({ state: 'sent', note: null });
  });

  it('gets the poll and the live card in each of them', async () => {
    await planRelease(world, { channels: channels() });
    await playUntil(world, '2030-06-11T12:00:00Z');
    expect(await destinationsOf('card:poll')).toEqual(both);
    await playUntil(world, goLive);
    expect(await destinationsOf('card:rollout')).toEqual(both);
    expect(await world.query(`select from cards where kind = 'rollout'`)).toHaveLength(2);
  });
});
