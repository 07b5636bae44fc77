import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ballotCard } from '../../../src/bot/cards/ballot/ballot-card.ts';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { RoleName } from '../../../src/core/plan/roles.ts';
import { findOpenBallots } from '../../../src/db/queries/home.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { reassignRole } from '../../../src/services/release/reassign-role.ts';
import { drainToTheEnd } from '../../jobs/outbox.ts';
import {
  openWorld,
  type PersonName,
  personIdOf,
  type World,
  worldStart,
} from '../../support/test-services.ts';
import { unfrozen } from '../changes/late-change.ts';
import {
  accepted,
  auditOf,
  openDecision,
  outboxOf,
  planRelease,
  playUntil,
  pollOf,
  releaseOf,
  voteGo,
  voteNoGo,
  wakeAt,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.plan = unfrozen(world.plan);
});
afterEach(() => world.close());

const hour = 3_600_000;
/** The go/no-go is open for a day from here. */
const opened = Date.parse(worldStart);
const halfTime = opened + 12 * hour;
const backups = { tom: 'Tom Reyes', nina: 'Nina Holm', dana: 'Dana Fischer', bo: 'Bo Lindqvist' };

/** The example release with backups for some roles, and only for those. */
function withBackups(given: Partial<Record<RoleName, keyof typeof backups>>): Partial<Plan> {
  const roles = structuredClone(world.plan.roles);
  delete roles.release_manager.backup;
  for (const [role, name] of Object.entries(given)) {
    const held = roles[role as RoleName];
    if (held) held.backup = { name: backups[name], email: `${name}@example.com` };
  }
  return { roles };
}

const escalations = async (releaseId: string) =>
  (await auditOf(world, releaseId)).filter(({ action }) => action === 'role.escalated');
const at = (person: string) => `slack:person:U0${person.toUpperCase()}`;
const textOf = (person: string) =>
  JSON.stringify(world.platform.messages.filter(({ destination }) => destination === at(person)));
const cardOf = async (releaseId: string) =>
  JSON.stringify(pollCard(await releaseOf(world, releaseId), await pollOf(world, releaseId)));
const ballotOf = async (releaseId: string, person: PersonName) =>
  lineText(
    ballotCard(await releaseOf(world, releaseId), await pollOf(world, releaseId), personIdOf(person)).summary,
  );

describe('a role without a vote when half of the time is over', () => {
  let releaseId: string;
  let pollId: string;
  const others = ['rita', 'emil', 'dana', 'priya', 'sam'] as const;

  beforeEach(async () => {
    releaseId = await planRelease(world, withBackups({ qa_lead: 'tom', devops_lead: 'nina' }));
    pollId = await openDecision(world);
    for (const person of others) accepted(await voteGo(world, pollId, person));
    await playUntil(world, halfTime - 1);
    expect(await voteGo(world, pollId, 'tom')).toMatchObject({ refusal: { code: 'not-permitted' } });
    await playUntil(world, halfTime);
  });

  it('is voted for by the backup, who is asked and told why; the card and the trail say so', async () => {
    await drainToTheEnd(world, { destination: at('tom') });
    expect(world.platform.shown(at('tom'))).toEqual(['Your vote is needed: web-2.4.0']);
    expect(textOf('tom')).toContain('You vote as QA Lead, in place of Quinn Abara, who has not voted.');
    expect(await cardOf(releaseId)).toMatch(/Quinn Abara.* \(QA Lead, or .*Tom Reyes.* as backup\)/);
    expect(await findOpenBallots(world.services.db, personIdOf('tom'))).toMatchObject([{ pollId }]);
    expect(await escalations(releaseId)).toMatchObject([
      {
        actor: 'system:schedule',
        subject: pollId,
        details: { role: 'qa_lead', holder: 'Quinn Abara', to: ['Tom Reyes'] },
      },
    ]);
    expect(accepted(await voteGo(world, pollId, 'tom')).roles).toEqual(['qa_lead']);
    expect(await cardOf(releaseId)).toContain('Tom Reyes (QA Lead, in place of Quinn Abara)');
    expect(accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } })).outcome).toBe('go');
  });

  it('is not escalated where there is a vote, and nobody is asked who is not needed', async () => {
    expect(await voteGo(world, pollId, 'nina')).toMatchObject({
      refusal: {
        code: 'not-permitted',
        who: expect.stringContaining('Quinn Abara (QA Lead), Tom Reyes (backup, QA Lead)'),
      },
    });
    const asked = await world.query<{ destination: string }>(
      `select destination from cards where kind = 'ballot' and subject_id = $1`,
      [pollId],
    );
    expect(asked.map(({ destination }) => destination)).not.toContain(at('nina'));
    expect(await outboxOf(world)).not.toContain('votes-missing');
  });

  it('is still the holder’s: their own vote counts, whenever it comes, and ends the standing in', async () => {
    accepted(await voteGo(world, pollId, 'tom'));
    expect(accepted(await voteNoGo(world, pollId, 'quinn'))).toMatchObject({
      roles: ['qa_lead'],
      changed: true,
    });
    expect((await pollOf(world, releaseId)).votes.filter(({ role }) => role === 'qa_lead')).toMatchObject([
      { choice: 'no_go', personName: 'Quinn Abara', inPlaceOf: null },
    ]);
    expect(await voteGo(world, pollId, 'tom')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await ballotOf(releaseId, 'tom')).toBe('web-2.4.0: somebody else votes now');
  });

  it('is not shown to the holder as voted by themselves when the backup has voted', async () => {
    accepted(await voteNoGo(world, pollId, 'tom', 'Smoke red.'));
    expect(await ballotOf(releaseId, 'tom')).toBe('Your vote on web-2.4.0: no-go');
    expect(await ballotOf(releaseId, 'quinn')).toBe('web-2.4.0: Tom Reyes voted no-go');
    await drainToTheEnd(world, { destination: at('quinn') });
    expect(textOf('quinn')).toContain('Tom Reyes voted no-go in your place; your own vote replaces it.');
    expect(textOf('quinn')).not.toMatch(/Your vote: no-go|Smoke red/);
  });

  it('gives the backup the vote and nothing else of the role', async () => {
    const asked = await askGoNoGo({ ctx: world.as('tom'), input: { releaseKey: null } });
    expect(asked).toMatchObject({ refusal: { code: 'not-permitted' } });
  });

  it('has its time again when the votes are cleared', async () => {
    const release = await releaseOf(world, releaseId);
    const plan = { ...release.plan, scope: { ...release.plan.scope, fixes: ['Another one'] } };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    expect((await pollOf(world, releaseId)).escalatedRoles).toEqual([]);
    expect(await voteGo(world, pollId, 'tom')).toMatchObject({ refusal: { code: 'not-permitted' } });
    world.clock.moveBy(6 * hour);
    await playUntil(world, opened + 18 * hour);
    expect((await pollOf(world, releaseId)).escalatedRoles).toEqual(world.plan.goNoGo.roles);
    // An edit of a ballot that Tom has had would go unnoticed.
    expect(await outboxOf(world)).toContain('role-escalated');
  });
});

describe('a backup', () => {
  it('who votes for a role of their own is asked by a message, and for both from then on', async () => {
    const releaseId = await planRelease(world, withBackups({ qa_lead: 'dana' }));
    const pollId = await openDecision(world);
    accepted(await voteGo(world, pollId, 'dana'));
    await playUntil(world, halfTime);
    await drainToTheEnd(world, { destination: at('dana') });
    expect(world.platform.shown(at('dana')).at(-1)).toBe('web-2.4.0: your vote is needed as QA Lead, too');
    expect(textOf('dana')).toContain('You are the backup of Quinn Abara, who has not voted in the go/no-go.');
    expect(await ballotOf(releaseId, 'dana')).toBe('Your vote is needed: web-2.4.0');
    expect(accepted(await voteGo(world, pollId, 'dana')).roles.sort()).toEqual(['devops_lead', 'qa_lead']);
    expect(await ballotOf(releaseId, 'dana')).toBe('Your vote on web-2.4.0: go');
  });

  it('is not asked beside their own vote where each role needs its own person', async () => {
    const goNoGo = { ...world.plan.goNoGo, distinctPeople: true };
    const releaseId = await planRelease(world, { ...withBackups({ qa_lead: 'dana' }), goNoGo });
    const pollId = await openDecision(world);
    for (const person of ['rita', 'emil', 'priya', 'sam'] as const)
      accepted(await voteGo(world, pollId, person));
    await playUntil(world, halfTime);
    expect((await pollOf(world, releaseId)).escalatedRoles).toEqual(['devops_lead']);
    expect(await outboxOf(world)).not.toContain('role-escalated');
    expect(accepted(await voteGo(world, pollId, 'dana')).roles).toEqual(['devops_lead']);
  });

  it('has no second vote with a role that they get while their vote as a backup counts', async () => {
    const goNoGo = { ...world.plan.goNoGo, distinctPeople: true };
    const releaseId = await planRelease(world, { ...withBackups({ qa_lead: 'nina' }), goNoGo });
    const pollId = await openDecision(world);
    await playUntil(world, halfTime);
    expect(accepted(await voteGo(world, pollId, 'nina')).roles).toEqual(['qa_lead']);
    const input = {
      releaseKey: null,
      role: 'devops_lead' as const,
      person: { email: 'nina@example.com' },
    };
    accepted(await reassignRole({ ctx: world.as('rita'), input }));
    expect(accepted(await voteGo(world, pollId, 'nina')).roles).toEqual(['qa_lead']);
    // Once the holder votes herself, the backup's vote is none any more.
    accepted(await voteGo(world, pollId, 'quinn'));
    expect(accepted(await voteGo(world, pollId, 'nina')).roles).toEqual(['devops_lead']);
    const { votes } = await pollOf(world, releaseId);
    expect(votes.filter(({ personId }) => personId === personIdOf('nina'))).toHaveLength(1);
  });
});

describe('roles without a backup', () => {
  it('are named to the release manager in one notice, with what can be done', async () => {
    const releaseId = await planRelease(world, withBackups({}));
    const pollId = await openDecision(world);
    for (const person of ['rita', 'emil', 'dana', 'priya'] as const)
      accepted(await voteGo(world, pollId, person));
    await playUntil(world, halfTime);
    await drainToTheEnd(world, { destination: at('rita') });
    expect(world.platform.shown(at('rita')).at(-1)).toBe(
      'web-2.4.0: no vote yet from Quinn Abara and Sam Okoye',
    );
    expect(textOf('rita')).toContain('Quinn Abara (QA Lead) and Sam Okoye (Security Lead) have not voted');
    expect((await escalations(releaseId)).map(({ details }) => details)).toEqual([
      { role: 'qa_lead', holder: 'Quinn Abara', to: [] },
      { role: 'security_lead', holder: 'Sam Okoye', to: [] },
    ]);
    expect((await outboxOf(world)).filter((subject) => subject === 'votes-missing')).toHaveLength(1);
  });

  it('are voted for by a backup who is named later, who is asked at once; the notice is not repeated', async () => {
    const releaseId = await planRelease(world, withBackups({}));
    const pollId = await openDecision(world);
    await playUntil(world, halfTime);
    const { plan } = await releaseOf(world, releaseId);
    const { roles } = withBackups({ qa_lead: 'tom' });
    accepted(
      await editRelease({ ctx: world.as('rita'), input: { plan: { ...plan, roles: roles ?? plan.roles } } }),
    );
    await drainToTheEnd(world, { destination: at('tom') });
    expect(textOf('tom')).toContain('You vote as QA Lead, in place of Quinn Abara, who has not voted.');
    expect(accepted(await voteGo(world, pollId, 'tom')).roles).toEqual(['qa_lead']);
    await playUntil(world, opened + 23 * hour);
    expect((await outboxOf(world)).filter((subject) => subject === 'votes-missing')).toHaveLength(1);
  });
});

describe('the time after which a role is escalated', () => {
  const withTime = (escalateAfter: string) => ({
    ...withBackups({ qa_lead: 'tom' }),
    goNoGo: { ...world.plan.goNoGo, escalateAfter },
  });

  it('is that of the plan', async () => {
    const releaseId = await planRelease(world, withTime('PT2H'));
    await openDecision(world);
    await playUntil(world, opened + 2 * hour - 1);
    expect(await escalations(releaseId)).toEqual([]);
    await playUntil(world, opened + 2 * hour);
    expect(await escalations(releaseId)).toHaveLength(6);
  });

  it('does not come in a poll that closes before, by itself or by somebody', async () => {
    const releaseId = await planRelease(world, withTime('P1D'));
    await openDecision(world);
    await playUntil(world, opened + 24 * hour);
    expect((await pollOf(world, releaseId)).state).toBe('closed');
    const again = await openDecision(world);
    await world.query(`update polls set closes_at = closes_at + interval '1 day' where id = $1`, [again]);
    await closePoll({ ctx: world.as('rita'), input: { pollId: again } });
    await playUntil(world, opened + 60 * hour);
    expect(await escalations(releaseId)).toEqual([]);
  });

  it('says nothing once the poll is about to close, however late the timer is', async () => {
    const releaseId = await planRelease(world, withTime('PT2H'));
    await openDecision(world);
    await wakeAt(world, opened + 24 * hour);
    expect((await pollOf(world, releaseId)).state).toBe('closed');
    expect(await escalations(releaseId)).toEqual([]);
  });

  it('waits while the release is paused, as long as the pause was', async () => {
    const releaseId = await planRelease(world, withTime('PT2H'));
    await openDecision(world);
    world.clock.moveBy(hour);
    const paused = { releaseKey: null, reason: 'An incident.', until: null };
    accepted(await pauseRelease({ ctx: world.as('rita'), input: paused }));
    await playUntil(world, opened + 5 * hour);
    expect(await escalations(releaseId)).toEqual([]);
    accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey: null } }));
    await playUntil(world, opened + 6 * hour - 1);
    expect(await escalations(releaseId)).toEqual([]);
    await playUntil(world, opened + 6 * hour);
    expect(await escalations(releaseId)).toHaveLength(6);
  });

  it('is counted from the pause when the votes are cleared in one that is longer than the time to vote', async () => {
    const releaseId = await planRelease(world, withBackups({ qa_lead: 'tom' }));
    await openDecision(world);
    world.clock.moveBy(hour);
    const paused = { releaseKey: null, reason: 'An incident.', until: null };
    accepted(await pauseRelease({ ctx: world.as('rita'), input: paused }));
    world.clock.moveBy(30 * hour);
    const { plan } = await releaseOf(world, releaseId);
    const changed = { ...plan, scope: { ...plan.scope, fixes: ['Another one'] } };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan: changed } }));
    world.clock.moveBy(hour);
    await playUntil(world, opened + 32 * hour);
    expect(await escalations(releaseId)).toEqual([]);
    accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey: null } }));
    // 23 hours were left to vote.
    await playUntil(world, opened + 43.5 * hour - 1);
    expect(await escalations(releaseId)).toEqual([]);
    await playUntil(world, opened + 43.5 * hour);
    expect(await escalations(releaseId)).toHaveLength(6);
  });
});
