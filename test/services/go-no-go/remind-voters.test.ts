import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { remindableFrom } from '../../../src/core/go-no-go/remindable-from.ts';
import { fireDueTimers } from '../../../src/jobs/timers/fire-timers.ts';
import { remindOnRequest } from '../../../src/services/go-no-go/remind-on-request.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { openWorld, personIdOf, type World, worldStart } from '../../support/test-services.ts';
import { unfrozen } from '../changes/late-change.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  auditOf,
  inWords,
  openDecision,
  planRelease,
  playUntil,
  voteGo,
  voteNoGo,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.plan = unfrozen(world.plan);
});
afterEach(() => world.close());

const hour = 3_600_000;
const hoursIn = (hours: number) => Date.parse(worldStart) + hours * hour;
/** Who was sent a message with a subject, in order. */
const sentTo = async (subject: string) => {
  const rows = await world.query<{ destination: string }>(
    'select destination from deliveries where subject = $1 order by seq',
    [subject],
  );
  return rows.map(({ destination }) => destination.replace('slack:person:U0', '').toLowerCase());
};
const reminded = () => sentTo('vote-reminder');
const others = ['rita', 'emil', 'dana', 'priya', 'sam'] as const;

describe('somebody who has not voted', () => {
  it('is reminded with what it is about, until when, and what silence means', async () => {
    const { qa_lead } = world.plan.roles;
    const roles = {
      ...world.plan.roles,
      qa_lead: { ...qa_lead, backup: { name: 'Tom Reyes', email: 'tom@example.com' } },
    };
    const releaseId = await planRelease(world, { roles });
    const pollId = await openDecision(world);
    for (const person of others) accepted(await voteGo(world, pollId, person));
    await playUntil(world, hoursIn(6) - 1);
    expect(await reminded()).toEqual([]);
    await playUntil(world, hoursIn(6));
    expect(await reminded()).toEqual(['quinn']);
    expect(await wordsOfLast(world, 'vote-reminder')).toEqual([
      'web-2.4.0: your vote as QA Lead is still missing',
      '@quinn, your vote as QA Lead is still missing in the go/no-go of Web shop 2.4.0.',
      world.plan.summary,
      "It closes Tue 4 Jun 2030, 10:00 (Europe/Amsterdam). Without your vote it's not a go. If you haven't voted by Mon 3 Jun 2030, 22:00 (Europe/Amsterdam), I'll ask Tom Reyes, too.",
      '[Go] [No-go…] [Go if…] [Abstain…]',
    ]);
    expect((await actionsOf(world, releaseId)).filter((action) => action === 'voter.reminded')).toHaveLength(
      1,
    );
  });

  it('is reminded an hour before the end, with the backup who was asked meanwhile', async () => {
    const { qa_lead } = world.plan.roles;
    const roles = {
      ...world.plan.roles,
      qa_lead: { ...qa_lead, backup: { name: 'Tom Reyes', email: 'tom@example.com' } },
    };
    await planRelease(world, { roles });
    const pollId = await openDecision(world);
    for (const person of others) accepted(await voteGo(world, pollId, person));
    for (const hours of [6, 12, 23, 24]) await playUntil(world, hoursIn(hours));
    expect(await reminded()).toEqual(['quinn', 'quinn', 'tom']);
    expect((await wordsOfLast(world, 'vote-reminder')).join(' ')).not.toContain("I'll ask");
  });

  it('is reminded once, by however many processes', async () => {
    await planRelease(world);
    const pollId = await openDecision(world);
    for (const person of others) accepted(await voteGo(world, pollId, person));
    world.clock.moveTo(hoursIn(6));
    await Promise.all(Array.from({ length: 5 }, () => fireDueTimers(world.jobs)));
    expect(await reminded()).toEqual(['quinn']);
  });

  it('is left alone once the account takes no messages any more', async () => {
    await planRelease(world);
    await openDecision(world);
    await world.query('update identities set unreachable_since = now() where person_id = $1', [
      personIdOf('quinn'),
    ]);
    await playUntil(world, hoursIn(6));
    expect(await reminded()).toEqual(['rita', 'emil', 'dana', 'priya', 'sam']);
  });

  it('is told in another way what silence means where a go stands', async () => {
    await approvedRelease(world);
    await openDecision(world);
    await playUntil(world, hoursIn(6));
    expect((await wordsOfLast(world, 'vote-reminder')).join(' ')).toContain(
      'Without your vote the earlier go stands.',
    );
  });

  it('is reminded later by as long as the release was paused', async () => {
    await planRelease(world);
    await openDecision(world);
    accepted(
      await pauseRelease({
        ctx: world.as('rita'),
        input: { releaseKey: null, reason: 'Audit.', until: null },
      }),
    );
    await playUntil(world, hoursIn(6));
    accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey: null } }));
    await playUntil(world, hoursIn(12) - 1);
    expect(await reminded()).toEqual([]);
    await playUntil(world, hoursIn(12));
    expect(await reminded()).toHaveLength(6);
  });
});

describe('when everybody has voted', () => {
  const told = () => sentTo('all-voted');

  it('asks the release manager to close, once', async () => {
    await planRelease(world);
    const pollId = await openDecision(world);
    for (const person of others) accepted(await voteGo(world, pollId, person));
    expect(await told()).toEqual([]);
    await Promise.all([1, 2, 3].map(() => voteGo(world, pollId, 'quinn')));
    expect(await told()).toHaveLength(1);
    expect(await wordsOfLast(world, 'all-voted')).toEqual([
      'web-2.4.0: all 6 voted go',
      'web-2.4.0: all 6 voted go.',
      '@rita: close the go/no-go now, or it closes Tue 4 Jun 2030, 10:00 (Europe/Amsterdam).',
      '[Close now]',
    ]);
  });

  it('says who voted no-go, and once more when it has become a go', async () => {
    await planRelease(world);
    const pollId = await openDecision(world);
    for (const person of others) accepted(await voteGo(world, pollId, person));
    accepted(await voteNoGo(world, pollId, 'quinn'));
    expect(await wordsOfLast(world, 'all-voted')).toEqual([
      'web-2.4.0: all 6 have voted, no-go by Quinn Abara',
      'web-2.4.0: all 6 have voted, no-go by Quinn Abara.',
      '@rita: close the go/no-go now, or settle the no-go first: votes can change until the poll closes Tue 4 Jun 2030, 10:00 (Europe/Amsterdam).',
      '[Close now]',
    ]);
    accepted(await voteGo(world, pollId, 'quinn'));
    expect((await wordsOfLast(world, 'all-voted'))[0]).toBe('web-2.4.0: all 6 voted go');
    accepted(await voteNoGo(world, pollId, 'sam'));
    accepted(await voteGo(world, pollId, 'sam'));
    expect(await told()).toHaveLength(2);
  });

  it('begins anew when a change of the plan has cleared the votes', async () => {
    await planRelease(world);
    const pollId = await openDecision(world);
    const everybody = [...others, 'quinn'] as const;
    for (const person of everybody) accepted(await voteGo(world, pollId, person));
    const plan = { ...world.plan, scope: { ...world.plan.scope, features: ['Something else'] } };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    for (const person of everybody) accepted(await voteGo(world, pollId, person));
    expect(await told()).toHaveLength(2);
  });

  it('offers no close while the release is paused', async () => {
    await planRelease(world);
    const pollId = await openDecision(world);
    accepted(
      await pauseRelease({
        ctx: world.as('rita'),
        input: { releaseKey: null, reason: 'Audit.', until: null },
      }),
    );
    for (const person of [...others, 'quinn'] as const) accepted(await voteGo(world, pollId, person));
    expect((await wordsOfLast(world, 'all-voted')).at(-1)).toBe('The release is paused; voting stays open.');
  });
});

describe('the release manager', () => {
  const remind = (person: 'rita' | 'dana' = 'rita') =>
    remindOnRequest({ ctx: world.as(person), input: { releaseKey: null } });

  it('has those reminded who are missing, and nobody twice within the hour', async () => {
    const releaseId = await planRelease(world);
    const pollId = await openDecision(world);
    for (const person of ['rita', 'emil', 'dana', 'priya'] as const)
      accepted(await voteGo(world, pollId, person));
    expect(inWords(await remind())).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        message:
          'I asked Quinn Abara and Sam Okoye about this only recently. You can remind them again from Mon 3 Jun 2030, 11:00 (Europe/Amsterdam).',
      },
    });
    world.clock.moveTo(hoursIn(1));
    expect(await remind()).toMatchObject({ value: { reminded: ['Quinn Abara', 'Sam Okoye'], left: [] } });
    expect(await reminded()).toEqual(['quinn', 'sam']);
    world.clock.moveTo(hoursIn(1.5));
    expect(await remind()).toMatchObject({ ok: false, refusal: { code: 'conditions-unmet' } });
    world.clock.moveTo(hoursIn(2));
    accepted(await voteGo(world, pollId, 'sam'));
    expect(await remind()).toMatchObject({ value: { reminded: ['Quinn Abara'] } });
    const events = (await auditOf(world, releaseId)).filter(({ action }) => action === 'voter.reminded');
    expect(events.map(({ actor }) => actor)).toEqual(['slack:U0RITA', 'slack:U0RITA', 'slack:U0RITA']);
  });

  it('leaves out whom the schedule has just reminded', async () => {
    const { qa_lead } = world.plan.roles;
    const backup = { name: 'Tom Reyes', email: 'tom@example.com' };
    await planRelease(world, { roles: { ...world.plan.roles, qa_lead: { ...qa_lead, backup } } });
    const pollId = await openDecision(world);
    for (const person of others) accepted(await voteGo(world, pollId, person));
    await playUntil(world, hoursIn(12));
    await world.query(`delete from deliveries where subject = 'vote-reminder'`);
    expect(await remind()).toMatchObject({ value: { reminded: ['Quinn Abara', 'Tom Reyes'] } });
    await world.query(`delete from deliveries where destination = 'slack:person:U0TOM'`);
    expect(await remind()).toMatchObject({ value: { reminded: ['Tom Reyes'], left: ['Quinn Abara'] } });
  });

  it('is refused where nobody is missing, nothing is open, or the release is paused', async () => {
    await planRelease(world);
    expect(inWords(await remind())).toMatchObject({
      refusal: { message: 'web-2.4.0 has no open poll, so no votes are missing.' },
    });
    const pollId = await openDecision(world);
    expect(await remind('dana')).toMatchObject({ refusal: { code: 'not-permitted' } });
    for (const person of [...others, 'quinn'] as const) accepted(await voteGo(world, pollId, person));
    expect(await remind()).toMatchObject({ refusal: { code: 'wrong-state' } });
    const pause = { releaseKey: null, reason: 'Audit.', until: null };
    accepted(await pauseRelease({ ctx: world.as('rita'), input: pause }));
    expect(JSON.stringify(await remind())).toContain('Resume it first.');
  });

  it('has to wait less in a short poll', () => {
    const openedAt = 0;
    expect(remindableFrom(5, { openedAt, closesAt: 24 * hour })).toBe(5 + hour);
    expect(remindableFrom(5, { openedAt, closesAt: hour })).toBe(5 + hour / 4);
  });
});
