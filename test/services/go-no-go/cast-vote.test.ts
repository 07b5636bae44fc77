import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeDestination } from '../../../src/core/address/destination.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import { checkBallot } from '../../../src/services/go-no-go/check-ballot.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { drainToTheEnd } from '../../jobs/outbox.ts';
import { openWorld, personIdOf, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  auditOf,
  inWords,
  openDecision,
  planRelease,
  pollOf,
  voteGo,
  voteNoGo,
  voters,
} from '../steps.ts';

let world: World;
let releaseId: string;
let pollId: string;

beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const standing = async () =>
  (await pollOf(world, releaseId)).votes.map(({ role, choice, personId, reason }) => ({
    role,
    choice,
    personId,
    reason,
  }));

describe('a vote', () => {
  beforeEach(async () => {
    releaseId = await planRelease(world);
    pollId = await openDecision(world);
  });

  it('counts for the role of the person who is signed in', async () => {
    expect(accepted(await voteGo(world, pollId, 'quinn'))).toEqual({
      releaseKey: 'web-2.4.0',
      choice: 'go',
      roles: ['qa_lead'],
      changed: false,
    });
    expect(await standing()).toEqual([
      { role: 'qa_lead', choice: 'go', personId: personIdOf('quinn'), reason: null },
    ]);
  });

  it('can be changed until the close; the last one stands and each is in the audit trail', async () => {
    await voteGo(world, pollId, 'quinn');
    const changed = await voteNoGo(world, pollId, 'quinn', '  Checkout fails on Safari. ');
    expect(accepted(changed)).toMatchObject({ changed: true, choice: 'no_go' });
    expect(await standing()).toEqual([
      {
        role: 'qa_lead',
        choice: 'no_go',
        personId: personIdOf('quinn'),
        reason: 'Checkout fails on Safari.',
      },
    ]);
    const cast = (await auditOf(world, releaseId)).filter((event) => event.action === 'vote.cast');
    expect(cast.map((event) => event.details.choice)).toEqual(['go', 'no_go']);
    expect(cast[1]?.details.earlier).toEqual([{ role: 'qa_lead', choice: 'go', reason: null }]);
  });

  it('is refused from the close on, also while its timer is late', async () => {
    const { closesAt } = await pollOf(world, releaseId);
    world.clock.moveTo(closesAt - 1);
    accepted(await voteGo(world, pollId, 'quinn'));
    world.clock.moveTo(closesAt);
    for (const late of [
      await voteGo(world, pollId, 'sam'),
      await voteNoGo(world, pollId, 'quinn', 'Late.'),
    ]) {
      expect(inWords(late)).toMatchObject({
        refusal: {
          code: 'wrong-state',
          message: expect.stringContaining('is closed, so your vote was not counted'),
        },
      });
    }
    expect(await standing()).toMatchObject([{ role: 'qa_lead', choice: 'go' }]);
  });

  it('asks for the cards that show it to be drawn again, each once until it is', async () => {
    const draw = () => world.query('update cards set rendered_revision = revision');
    const notifiedBy = async (name: 'quinn' | 'dana') => {
      world.workItems.length = 0;
      await voteGo(world, pollId, name);
      return world.workItems
        .flatMap((item) => (item.job === 'card' ? [encodeDestination(item.destination)] : []))
        .sort();
    };
    await draw();
    expect(await notifiedBy('quinn')).toEqual(['slack:channel:C-release-deployment', 'slack:person:U0QUINN']);
    expect(await notifiedBy('dana')).toEqual(['slack:person:U0DANA']);
    expect(await notifiedBy('dana')).toEqual([]);
    await draw();
    expect(await notifiedBy('dana')).toEqual(['slack:channel:C-release-deployment', 'slack:person:U0DANA']);
  });

  it('is refused after the close, and the standing one stays', async () => {
    await drainToTheEnd(world);
    await voteGo(world, pollId, 'quinn');
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
    const late = await voteNoGo(world, pollId, 'quinn');
    const message =
      'Voting on web-2.4.0 is closed, so your vote was not counted. See the result in its channel.';
    expect(late).toMatchObject({ ok: false, refusal: { code: 'wrong-state', message } });
    expect(await standing()).toMatchObject([{ choice: 'go' }]);
    expect(await checkBallot({ ctx: world.as('quinn'), input: { pollId } })).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: 'Voting on web-2.4.0 is closed. See the result in its channel.',
      },
    });
  });

  it('that comes too late is not sent to a channel that does not show the result', async () => {
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
    expect(inWords(await voteGo(world, pollId, 'quinn'))).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message:
          'Voting on web-2.4.0 is closed, so your vote was not counted. See the result with "release show web-2.4.0".',
      },
    });
  });

  it('against needs a reason', async () => {
    for (const reason of [null, '', '   ', '\u200b\u2060']) {
      const input = { pollId, choice: 'no_go' as const, reason };
      expect(await castVote({ ctx: world.as('quinn'), input })).toMatchObject({
        refusal: { code: 'invalid', message: expect.stringContaining('needs a reason') },
      });
    }
    expect(await standing()).toEqual([]);
  });

  it('with a reason of more than 3,000 characters is refused', async () => {
    const long = await voteNoGo(world, pollId, 'quinn', 'x'.repeat(3001));
    expect(long).toMatchObject({ refusal: { code: 'invalid' } });
    expect(accepted(await voteNoGo(world, pollId, 'quinn', 'x'.repeat(3000))).choice).toBe('no_go');
  });

  it('in an unknown poll is refused', async () => {
    const unknown = await voteGo(world, '99999999-9999-4999-8999-999999999999', 'quinn');
    expect(unknown).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await voteGo(world, 'poll', 'quinn')).toMatchObject({ refusal: { code: 'invalid' } });
  });

  it.each(['nina', 'tom', 'bo'] as const)(
    'of %s, who is not asked, is refused and says who votes',
    async (name) => {
      const refused = await voteGo(world, pollId, name);
      expect(refused).toMatchObject({
        refusal: { code: 'not-permitted', who: expect.stringContaining('Quinn Abara (QA Lead)') },
      });
      expect(await actionsOf(world, releaseId)).toContain('request.refused');
    },
  );

  it('of tminus itself does not exist', async () => {
    const ctx = { ...world.services, actor: { kind: 'system' as const, name: 'schedule' } };
    const refused = await castVote({ ctx, input: { pollId, choice: 'go', reason: null } });
    expect(refused).toMatchObject({ refusal: { code: 'not-permitted' } });
  });

  it('of everyone at the same moment counts for everyone', async () => {
    const results = await Promise.all(voters.map((person) => voteGo(world, pollId, person)));
    expect(results.map((result) => result.ok)).toEqual(voters.map(() => true));
    expect((await standing()).map((vote) => vote.personId).sort()).toEqual(voters.map(personIdOf).sort());
  });

  it('of one person, cast twice at the same moment, stands once', async () => {
    await Promise.all([voteGo(world, pollId, 'quinn'), voteNoGo(world, pollId, 'quinn')]);
    const cast = (await auditOf(world, releaseId)).filter((event) => event.action === 'vote.cast');
    expect(await standing()).toMatchObject([{ choice: cast[1]?.details.choice }]);
  });

  it('at the moment of the close is counted in the decision or refused', async () => {
    const others = voters.filter((person) => person !== 'quinn');
    for (const person of others) await voteGo(world, pollId, person);
    const [vote, closed] = await Promise.all([
      voteGo(world, pollId, 'quinn'),
      closePoll({ ctx: world.as('rita'), input: { pollId } }),
    ]);
    expect(accepted(closed).outcome).toBe(vote.ok ? 'go' : 'timed_out');
    expect(await standing()).toHaveLength(vote.ok ? 6 : 5);
  });
});

describe('a person with two roles', () => {
  it('votes for both at once', async () => {
    const { roles } = world.plan;
    releaseId = await planRelease(world, { roles: { ...roles, security_lead: roles.qa_lead } });
    pollId = await openDecision(world);
    expect(accepted(await voteGo(world, pollId, 'quinn')).roles).toEqual(['qa_lead', 'security_lead']);
    expect((await standing()).map((vote) => vote.role).sort()).toEqual(['qa_lead', 'security_lead']);
    const ballots = await world.query(`select 1 from cards where kind = 'ballot' and subject_id = $1`, [
      pollId,
    ]);
    expect(ballots).toHaveLength(5);
  });
});

describe('a backup', () => {
  it('has no vote for the role', async () => {
    const { roles } = world.plan;
    const backup = { name: 'Nina', email: 'nina@example.com' };
    releaseId = await planRelease(world, { roles: { ...roles, qa_lead: { ...roles.qa_lead, backup } } });
    pollId = await openDecision(world);
    expect(await voteGo(world, pollId, 'nina')).toMatchObject({ refusal: { code: 'not-permitted' } });
  });
});
