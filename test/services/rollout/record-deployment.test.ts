import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeCard } from '../../../src/bot/cards/home/home-card.ts';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import { rolloutCard } from '../../../src/bot/cards/rollout/rollout-card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { findTargetHolder } from '../../../src/db/queries/rollouts.ts';
import { watchRollouts } from '../../../src/jobs/operations/watch-rollouts.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { prepareRecord, recordDeployment } from '../../../src/services/rollout/record-deployment.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { goLive, openWorld, type PersonName, personIdOf, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  inWords,
  openDecision,
  planRelease,
  playUntil,
  pollOf,
  promote,
  promoteAndConfirm,
  releaseAtOnePercent,
  releaseOf,
  rolloutOf,
} from '../steps.ts';
import { withoutDriver } from '../without-driver.ts';

/** With the driver that the plan names. */
let driven: World;
let world: World;
beforeEach(async () => {
  driven = await openWorld();
  world = withoutDriver(driven);
});
afterEach(() => driven.close());

const hour = 3_600_000;

function record(toPercent: number, note: string | null = null, person: PersonName = 'dana') {
  return recordDeployment({ ctx: world.as(person), input: { releaseKey: 'web-2.4.0', toPercent, note } });
}

/** The words of the last message under a subject; undefined when there was none. */
async function message(subject: string): Promise<string | undefined> {
  const [row] = await world.query<{ content: Parameters<typeof cardText>[0] }>(
    'select content from deliveries where subject = $1 order by seq desc limit 1',
    [subject],
  );
  return row && cardText(row.content);
}

const cardOf = async (id: string) => {
  const [release, rollout] = [await releaseOf(world, id), await rolloutOf(world, id)];
  return rolloutCard(release, rollout, world.clock.now(), { hasDriver: false });
};

async function communication(key: string) {
  const [row] = await world.query<{ state: string; note: string | null }>(
    'select state, note from communications where key = $1',
    [key],
  );
  return row;
}

describe('a recorded deployment', () => {
  it('is shown and told as the word of a person, with the note, and audited', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, Date.parse(goLive) + 4 * hour + 5 * 60_000);
    const done = accepted(await record(50, '  EU only, pipeline #812. '));
    expect(done).toEqual({ releaseKey: 'web-2.4.0', toPercent: 50, withoutGo: false, isBackAgain: false });
    const card = await cardOf(releaseId);
    expect(card.summary).toBe('web-2.4.0: 50 % of traffic, recorded by Dana Fischer, 14:05');
    expect(cardText(card)).toContain(
      'Recorded by Dana Fischer, Tue 18 Jun 2030, 14:05 (Europe/Amsterdam): EU only, pipeline #812.',
    );
    const told = await message('recorded');
    expect(told).toContain('web-2.4.0: deployed to 50 % of traffic, recorded by Dana Fischer');
    expect(told).toContain("This was done without tminus, which can't check it.");
    expect(told).toContain('> EU only, pipeline #812.');
    expect(told).not.toContain('no go decision');
    expect((await auditOf(world, releaseId)).slice(-3)).toMatchObject([
      {
        action: 'deployment.recorded',
        actor: 'slack:U0DANA',
        details: { fromPercent: null, toPercent: 50, note: 'EU only, pipeline #812.', withoutGo: false },
      },
      { action: 'release.moved', details: { from: 'approved', to: 'in_progress', transition: 'start' } },
      { action: 'communication.sent', details: { key: 'rollout-started-support' } },
    ]);
    expect(driven.driver.calls).toEqual([]);
  });

  it('stands in the homes of those who have a role', async () => {
    const releaseId = await approvedRelease(world);
    const home = async () => {
      const entry = {
        release: await releaseOf(world, releaseId),
        rollout: await rolloutOf(world, releaseId),
      };
      const releases = [{ ...entry, facts: { hasDriver: false }, poll: null, unsettled: [] }];
      const empty = { ballots: [], coming: [], drafts: [], others: [], mayPlan: false };
      const view = { ...empty, releases, now: world.clock.now(), personId: personIdOf('dana') };
      return cardText(homeCard(view));
    };
    expect(await home()).toContain('Web shop 2.4.0 (web-2.4.0) · approved · go-live');
    world.clock.moveTo(goLive);
    expect(await home()).toContain('Web shop 2.4.0 (web-2.4.0) · no deployment recorded');
    expect(await home()).toContain('Record what was deployed: "release record web-2.4.0 deployed 100%"');
    accepted(await record(50));
    expect(await home()).toContain('Web shop 2.4.0 (web-2.4.0) ▓▓▓▓▓░░░░░ · 50 % · recorded');
  });

  it('goes on to 100 %, which is announced as recorded, and completes the release after its follow-up', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, goLive);
    accepted(await record(50));
    expect(await communication('success-confirmation')).toMatchObject({ state: 'planned' });
    world.clock.moveBy(hour);
    accepted(await record(100, null, 'rita'));
    const success = await message('success-confirmation');
    expect(success).toContain(
      'All traffic is on 2.4.0, as recorded by Rita Moreno, Tue 18 Jun 2030, 11:00 (Europe/Amsterdam); not read from the live system.',
    );
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'completed', trafficPercent: 100 });
    await playUntil(world, '2030-06-26T00:00:00Z');
    expect((await releaseOf(world, releaseId)).state).toBe('completed');
    for (const key of ['metrics-analysis', 'post-release-review', 'release-closing']) {
      const words = await message(key);
      expect(words, key).toContain('as recorded by Rita Moreno');
      expect(words, key).not.toMatch(/last read|read back/);
    }
  });

  it('is corrected by another one', async () => {
    const releaseId = await approvedRelease(world);
    accepted(await record(50));
    accepted(await record(5));
    expect(await rolloutOf(world, releaseId)).toMatchObject({ trafficPercent: 5, phaseIndex: 0 });
    expect((await rolloutOf(world, releaseId)).operations[0]).toMatchObject({
      fromPercent: 50,
      toPercent: 5,
    });
  });

  it('is corrected where everyone was told that it is live, and less than all traffic is recorded then', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, goLive);
    accepted(await record(50));
    accepted(await record(5));
    expect(await communication('success-correction')).toMatchObject({ state: 'planned' });
    accepted(await record(100));
    expect(await message('success-correction')).toBeUndefined();
    world.clock.moveBy(hour);
    accepted(await record(50));
    expect((await releaseOf(world, releaseId)).state).toBe('in_progress');
    const correction = await message('success-correction');
    expect(correction).toContain('Web shop 2.4.0 is not live for everyone');
    expect(correction).toContain(
      '50 % of traffic is on 2.4.0, as recorded by Dana Fischer, Tue 18 Jun 2030, 11:00',
    );
    expect(correction).not.toContain('rolled back');
    expect(await communication('rollback-notice-support')).toMatchObject({ state: 'planned' });
  });

  it('says before it is confirmed where it will be announced, if anywhere', async () => {
    await approvedRelease(world);
    const prepare = async (toPercent: number, releaseKey: string | null = null) =>
      accepted(await prepareRecord({ ctx: world.as('dana'), input: { releaseKey, toPercent } }));
    expect(await prepare(100)).toEqual({
      releaseKey: 'web-2.4.0',
      withoutGo: false,
      announcedIn: ['#executives', '#sales', '#all-hands'],
    });
    expect((await prepare(50)).announcedIn).toEqual([]);
    expect((await prepare(0)).announcedIn).toEqual(['#support', '#executives', '#sales']);
    accepted(await record(100));
    expect((await prepare(0)).announcedIn).toEqual(['#support', '#executives', '#sales', '#all-hands']);
    accepted(await record(50));
    expect((await prepare(100)).announcedIn).toEqual([]);
    accepted(await record(0));
    accepted(await record(50));
    expect((await prepare(0, 'web-2.4.0')).announcedIn).toEqual([]);
  });

  it('says something new, or is refused with who recorded it before', async () => {
    await approvedRelease(world);
    accepted(await record(50));
    expect(inWords(await record(50, null, 'emil'))).toMatchObject({
      refusal: { code: 'wrong-state', message: 'web-2.4.0 is already recorded at 50 %, by Dana Fischer.' },
    });
  });

  it('is possible before go-live and while the release is paused: it happened', async () => {
    const releaseId = await approvedRelease(world);
    accepted(
      await pauseRelease({
        ctx: world.as('rita'),
        input: { releaseKey: null, reason: 'A freeze.', until: null },
      }),
    );
    accepted(await record(10));
    expect((await releaseOf(world, releaseId)).state).toBe('in_progress');
    expect((await cardOf(releaseId)).summary).toBe(
      'web-2.4.0: 10 % of traffic, recorded by Dana Fischer, Mon 3 Jun 2030, 10:00',
    );
  });

  it('is refused where a driver reads the traffic, and changes nothing', async () => {
    const releaseId = await releaseAtOnePercent(driven);
    const before = await rolloutOf(driven, releaseId);
    const input = { releaseKey: 'web-2.4.0', toPercent: 50, note: null };
    const result = await recordDeployment({ ctx: driven.as('dana'), input });
    expect(inWords(result)).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.stringContaining(
          'is deployed by tminus with the driver "demo", which reads its traffic',
        ),
      },
    });
    expect(await rolloutOf(driven, releaseId)).toEqual(before);
  });

  it('takes no target from another release that a driver configured later carries', async () => {
    await approvedRelease(world);
    accepted(await record(50));
    expect(await findTargetHolder(world.services.db, 'demo')).toBeNull();
  });
});

describe('a rollback that is asked of tminus where it has no driver', () => {
  const ask = async () => {
    const input = { releaseKey: 'web-2.4.0', reason: 'Errors at checkout.' };
    return inWords(await rollBackRollout({ ctx: world.as('emil'), input }));
  };

  it('is refused with what to do instead, and without a word about traffic that nobody knows', async () => {
    await approvedRelease(world);
    const refused = {
      refusal: {
        message: "web-2.4.0 can't be rolled back by tminus.",
        reasons: [expect.stringContaining('record it with "release record web-2.4.0 rolled back"')],
      },
    };
    expect(await ask()).toMatchObject(refused);
    accepted(await record(50));
    expect(await ask()).toMatchObject(refused);
    accepted(await record(0));
    expect(await ask()).toMatchObject({ refusal: { message: 'web-2.4.0 has already been rolled back.' } });
  });
});

describe('gates of what was recorded', () => {
  const gatesAt = async (jobs: World['jobs']) => {
    const releaseId = await approvedRelease(world);
    accepted(await record(50));
    await watchRollouts(jobs);
    return (await rolloutOf(world, releaseId)).gates;
  };

  it('are shown where there are metrics', async () => {
    expect((await gatesAt(world.jobs)).map(({ state }) => state)).toEqual(['pass', 'pass']);
  });

  it('are left out where there are none either', async () => {
    expect(await gatesAt({ ...world.jobs, metrics: () => undefined })).toEqual([]);
  });
});

describe('a driver that is configured later', () => {
  it('goes on from what was recorded, and its reading supersedes it', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, goLive);
    accepted(await record(1));
    expect(await promote(driven)).toMatchObject({ refusal: { code: 'conditions-unmet' } });
    world.clock.moveBy(72 * hour);
    await promoteAndConfirm(driven, releaseId);
    const rollout = await rolloutOf(driven, releaseId);
    expect(rollout).toMatchObject({ trafficPercent: 10, phaseIndex: 1 });
    expect(rollout.operations.map(({ state }) => state)).toEqual(['succeeded', 'recorded']);
    const card = rolloutCard(await releaseOf(driven, releaseId), rollout, world.clock.now(), {
      hasDriver: true,
    });
    expect(card.summary).toBe('web-2.4.0: 10 % of traffic');
  });
});

describe('a deployment without a go decision', () => {
  it('is recorded as what it is, and no decision is made up', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, goLive);
    expect(accepted(await record(50)).withoutGo).toBe(true);
    expect((await releaseOf(world, releaseId)).state).toBe('in_progress');
    expect(await message('recorded')).toContain('There was no go decision.');
    expect(cardText(await cardOf(releaseId))).toContain('There was no go decision.');
    expect((await auditOf(world, releaseId)).slice(-3)).toMatchObject([
      { action: 'deployment.recorded', details: { withoutGo: true } },
      { action: 'release.moved', details: { transition: 'startWithoutGo' } },
      { action: 'communication.sent', details: { key: 'rollout-started-support' } },
    ]);
    accepted(await record(100));
    expect(await message('recorded')).toContain('There was no go decision.');
  });

  it('is no cleared go-live to the kickoff that comes after it', async () => {
    await planRelease(world);
    world.clock.moveTo(Date.parse(goLive) - hour);
    accepted(await record(50));
    await playUntil(world, goLive);
    const kickoff = await message('deployment-kickoff');
    expect(kickoff).toContain('It was deployed without a go decision.');
    expect(kickoff).toContain('50 %, as recorded by Dana Fischer');
    expect(kickoff).not.toMatch(/cleared|last read|promote/);
  });

  it('ends a poll that is still open, which can decide nothing any more', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    accepted(await record(50));
    const poll = await pollOf(world, releaseId);
    expect(poll).toMatchObject({ state: 'closed', outcome: null });
    const card = pollCard(await releaseOf(world, releaseId), poll);
    expect(cardText(card)).toContain('deployed before a decision');
    expect(await closePoll({ ctx: world.as('rita'), input: { pollId } })).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
    await playUntil(world, goLive);
    expect(await message('decision-outcome')).toBeUndefined();
  });
});

describe('a recorded rollback', () => {
  it('tells support and executives, as recorded and with the note as the reason', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, goLive);
    accepted(await record(50));
    world.clock.moveBy(hour);
    accepted(await record(0, 'Errors at checkout.', 'emil'));
    expect((await releaseOf(world, releaseId)).state).toBe('rolled_back');
    expect((await cardOf(releaseId)).summary).toBe(
      'web-2.4.0: rolled back, all traffic on the previous version, recorded by Emil Novak, 11:00',
    );
    for (const key of ['rollback-notice-support', 'rollback-notice-executives']) {
      const words = await message(key);
      expect(words, key).toContain(
        'No traffic is on 2.4.0 any more, as recorded by Emil Novak, Tue 18 Jun 2030, 11:00',
      );
      expect(words, key).toContain('> Errors at checkout.');
      expect(words, key).not.toContain('last read');
    }
    expect(await communication('success-confirmation')).toMatchObject({ state: 'withheld' });
  });

  it('is possible where nobody recorded the deployment', async () => {
    const releaseId = await approvedRelease(world);
    accepted(await record(0));
    expect((await releaseOf(world, releaseId)).state).toBe('rolled_back');
    expect(await message('rollback-notice-support')).toContain('No traffic is on 2.4.0 any more');
  });

  it('stays one when there is traffic again, which is told', async () => {
    const releaseId = await approvedRelease(world);
    accepted(await record(0));
    expect(accepted(await record(50)).isBackAgain).toBe(true);
    expect((await releaseOf(world, releaseId)).state).toBe('rolled_back');
    expect((await cardOf(releaseId)).summary).toContain(
      'rolled back, but 50 % of traffic is on the new version again, recorded by Dana Fischer',
    );
  });

  it('takes a completed release back, too', async () => {
    const releaseId = await approvedRelease(world);
    await playUntil(world, goLive);
    accepted(await record(100));
    await playUntil(world, '2030-06-26T00:00:00Z');
    accepted(await record(0));
    expect((await releaseOf(world, releaseId)).state).toBe('rolled_back');
    expect(await message('success-correction')).toContain('as recorded by Dana Fischer');
  });
});

describe('where nothing is recorded', () => {
  it('claims nothing about customers, and asks the release manager', async () => {
    await approvedRelease(world);
    await playUntil(world, goLive);
    const kickoff = await message('deployment-kickoff');
    expect(kickoff).toContain("It's approved.");
    expect(kickoff).toContain('"release record web-2.4.0 deployed 100%"');
    expect(kickoff).not.toContain('"promote');
    await playUntil(world, '2030-06-26T00:00:00Z');
    const review = await message('post-release-review');
    expect(review).toContain("tminus doesn't know whether 2.4.0 was deployed");
    expect(review).toContain('Rita Moreno: please say here what happened');
    expect(await message('metrics-analysis')).toContain(
      "nobody has recorded whether it was deployed. So there are no figures, and we can't say here which version customers have",
    );
    expect(await message('release-closing')).toContain("tminus doesn't know whether 2.4.0 was deployed");
    for (const key of ['deployment-kickoff', 'post-release-review', 'metrics-analysis', 'release-closing']) {
      expect(await message(key), key).not.toMatch(
        /not gone live|nothing (has )?changed|not started|All traffic/,
      );
    }
    expect(await communication('lessons-learned')).toEqual({
      state: 'withheld',
      note: 'Not sent: nobody recorded whether it was deployed.',
    });
  });

  it('says so of a release without a go decision, too', async () => {
    const releaseId = await planRelease(world);
    await playUntil(world, goLive);
    expect(await message('deployment-kickoff')).toContain("It's not approved: there is no go decision.");
    expect((await cardOf(releaseId)).summary).toBe('web-2.4.0: in planning, no deployment recorded');
    await playUntil(world, '2030-06-20T00:00:00Z');
    expect(await message('metrics-analysis')).toContain('nobody has recorded whether it was deployed');
  });

  it('can still be cancelled; once something is recorded it can not', async () => {
    await approvedRelease(world);
    accepted(await record(1));
    const input = { releaseKey: 'web-2.4.0', reason: 'The supplier left.' };
    const result = await cancelRelease({ ctx: world.as('rita'), input });
    expect(result.ok ? '' : lineText(result.refusal.message)).toBe(
      'The rollout of web-2.4.0 has begun. Roll it back with your own pipeline, then record it with "release record web-2.4.0 rolled back".',
    );
  });
});
