import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ballotCard } from '../../../src/bot/cards/ballot/ballot-card.ts';
import { homeCard } from '../../../src/bot/cards/home/home-card.ts';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { lineText } from '../../../src/core/card/line.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { findOpenBallots } from '../../../src/db/queries/home.ts';
import { noteAbsentHolders, recordAbsentHolder } from '../../../src/services/absence/note-absent-holders.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { renderMessage } from '../../../src/services/messages/render-message.ts';
import { identifyPerson } from '../../../src/services/people/identify-person.ts';
import { recordReachable } from '../../../src/services/people/record-reachable.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { channel, drainToTheEnd } from '../../jobs/outbox.ts';
import { goLive, identityOf, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  openDecision,
  planRelease,
  pollOf,
  promoteAndConfirm,
  releaseOf,
  voteGo,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const tom = { name: 'Tom Reyes', email: 'tom@example.com' };
/** The example release, with Tom as the backup of a role. */
const withBackup = (role: 'qa_lead' | 'release_manager' | 'devops_lead'): Partial<Plan> => {
  const { roles } = world.plan;
  return { roles: { ...roles, [role]: { ...roles[role], backup: tom } } };
};
const withoutBackup = (): Partial<Plan> => {
  const { name, email } = world.plan.roles.release_manager;
  return { release: 'app-1.0', roles: { ...world.plan.roles, release_manager: { name, email } } };
};
const gone = { result: 'refused', code: 'user_disabled', detail: 'left', recipientIsGone: true } as const;
const at = (person: string) => `slack:person:U0${person.toUpperCase()}`;
const shown = (destination: string) => world.platform.shown(destination);
const textOf = (destination: string) =>
  JSON.stringify(world.platform.messages.filter((message) => message.destination === destination));

describe('a voter who has left', () => {
  let releaseId: string;
  let pollId: string;
  const others = ['rita', 'emil', 'dana', 'priya', 'sam'] as const;

  beforeEach(async () => {
    releaseId = await planRelease(world, withBackup('qa_lead'));
    pollId = await openDecision(world);
    expect(await voteGo(world, pollId, 'tom')).toMatchObject({ refusal: { code: 'not-permitted' } });
    world.platform.failPosts(at('quinn'), gone);
    await drainToTheEnd(world, { destination: at('quinn') });
  });

  it('is stood in for by the backup, whose vote counts and is recorded in whose place', async () => {
    await drainToTheEnd(world, { destination: at('tom') });
    expect(shown(at('tom'))).toEqual(['Your vote is needed: web-2.4.0']);
    expect(textOf(at('tom'))).toContain("in place of Quinn Abara, who can't be reached");
    for (const person of others) accepted(await voteGo(world, pollId, person));
    expect(accepted(await voteGo(world, pollId, 'tom')).roles).toEqual(['qa_lead']);
    expect(accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } })).outcome).toBe('go');
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    const cast = (await auditOf(world, releaseId)).filter(({ action }) => action === 'vote.cast');
    expect(cast.at(-1)?.details).toMatchObject({ inPlaceOf: { qa_lead: 'Quinn Abara' } });
    const card = pollCard(await releaseOf(world, releaseId), await pollOf(world, releaseId));
    expect(JSON.stringify(card)).toContain('Tom Reyes (QA Lead, in place of Quinn Abara)');
  });

  it('is named to the release manager, with what can be done', async () => {
    await drainToTheEnd(world, { destination: at('rita') });
    expect(shown(at('rita'))).toContain("web-2.4.0: Quinn Abara can't be reached");
    expect(textOf(at('rita'))).toContain('QA Lead: Tom Reyes, the backup, stands in');
    expect(textOf(at('rita'))).not.toContain('yourself');
    expect((await auditOf(world, releaseId)).map(({ action }) => action)).toContain('person.unreachable');
  });

  it('is asked on the page of the backup, and in later polls', async () => {
    const ballots = await findOpenBallots(world.services.db, personIdOf('tom'));
    const view = {
      personId: personIdOf('tom'),
      ballots: ballots.map((ballot) => ({ ...ballot, release: null, previous: null })),
      coming: [],
      drafts: [],
      releases: [],
      others: [],
      mayPlan: false,
      now: world.clock.now(),
    };
    expect(view.ballots).toMatchObject([{ pollId }]);
    expect(JSON.stringify(homeCard(view))).toContain('vote-go');
    await closePoll({ ctx: world.as('rita'), input: { pollId } });
    world.clock.moveBy(60_000);
    const later = await openDecision(world);
    const asked = await world.query<{ destination: string }>(
      `select destination from cards where kind = 'ballot' and subject_id = $1`,
      [later],
    );
    expect(asked.map(({ destination }) => destination)).toContain(at('tom'));
    expect(asked.map(({ destination }) => destination)).not.toContain(at('quinn'));
  });

  it('votes again once they are back, and the backup does not', async () => {
    await identifyPerson(world.services, identityOf('quinn'), 'quinn');
    expect(await voteGo(world, pollId, 'tom')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(accepted(await voteGo(world, pollId, 'quinn')).roles).toEqual(['qa_lead']);
  });
});

describe('a voter who took the app away and adds it again', () => {
  const back = () =>
    recordReachable({ ctx: asSystem(world.services, 'directory'), input: identityOf('quinn') });
  const askedQuinn = () => drainToTheEnd(world, { destination: at('quinn') });

  it('gets the ballot that did not reach them, once, and is in the trail', async () => {
    const releaseId = await planRelease(world);
    await openDecision(world);
    world.platform.failPosts(at('quinn'), gone);
    await askedQuinn();
    expect(shown(at('quinn'))).toEqual([]);
    expect(accepted(await back()).ballots).toBe(1);
    expect(accepted(await back()).ballots).toBe(0);
    await askedQuinn();
    expect(shown(at('quinn'))).toEqual(['Your vote is needed: web-2.4.0']);
    expect(accepted(await back()).ballots).toBe(0);
    const trail = (await auditOf(world, releaseId)).map(({ action }) => action);
    expect(trail.filter((action) => action === 'person.reachable')).toHaveLength(1);
    const card = pollCard(await releaseOf(world, releaseId), await pollOf(world, releaseId));
    expect(JSON.stringify(card)).not.toContain("can't be reached");
  });

  it('gets none once the poll is closed', async () => {
    await planRelease(world);
    const pollId = await openDecision(world);
    world.platform.failPosts(at('quinn'), gone);
    await askedQuinn();
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
    expect(accepted(await back()).ballots).toBe(0);
  });

  it('is not believed from anybody but tminus itself', async () => {
    const result = await recordReachable({ ctx: world.as('quinn'), input: identityOf('quinn') });
    expect(result).toMatchObject({ refusal: { code: 'not-permitted' } });
  });
});

it('a ballot of somebody whose role went to another says so', async () => {
  const releaseId = await planRelease(world);
  await openDecision(world);
  const card = ballotCard(
    await releaseOf(world, releaseId),
    await pollOf(world, releaseId),
    personIdOf('nina'),
  );
  expect(lineText(card.summary)).toBe('web-2.4.0: somebody else votes now');
});

it("is looked for by a person who is somebody's backup, and by nobody else", async () => {
  await planRelease(world, withBackup('release_manager'));
  const isBackup = async (name: 'tom' | 'rita') =>
    (await identifyPerson(world.services, identityOf(name), name)).isBackup;
  expect([await isBackup('tom'), await isBackup('rita')]).toEqual([true, false]);
});

describe('a release manager who has left', () => {
  const ask = () => askGoNoGo({ ctx: world.as('tom'), input: { releaseKey: null } });

  it('is stood in for by the backup once the directory says so, in the trail too', async () => {
    const releaseId = await planRelease(world, withBackup('release_manager'));
    await noteAbsentHolders(world.as('tom'));
    expect(await ask()).toMatchObject({ refusal: { code: 'not-permitted' } });
    world.platform.people = world.platform.people.filter(({ id }) => id !== 'U0RITA');
    await noteAbsentHolders(world.as('tom'));
    expect(accepted(await ask()).opened).toBe(true);
    const acted = (await auditOf(world, releaseId)).find(({ action }) => action === 'backup.acted');
    expect(acted?.details).toMatchObject({ capability: 'poll.open', inPlaceOf: 'Rita Moreno' });
  });

  it('is not asked in messages: the backup is', async () => {
    const release = await releaseOf(world, await planRelease(world, withBackup('release_manager')));
    const asked = (people: typeof release.people) => {
      const message = { template: 'emergency-contacts', trafficPercent: null, now: world.clock.now() };
      const { blocks } = renderMessage(world.services, { ...release, people }, message);
      const inlines = blocks.flatMap((block) => ('content' in block ? block.content : []));
      return inlines.flatMap((inline) => (inline.type === 'person' ? [inline] : []));
    };
    expect(asked(release.people)).toMatchObject([{ name: 'Rita Moreno', identities: [identityOf('rita')] }]);
    const left = release.people.map((one) =>
      one.name === 'Rita Moreno' ? { ...one, isReachable: false } : one,
    );
    expect(asked(left)).toMatchObject([{ name: 'Tom Reyes', identities: [identityOf('tom')] }]);
  });

  it('is found out without using up the request of the backup', async () => {
    await planRelease(world, withBackup('release_manager'));
    world.platform.people = world.platform.people.filter(({ id }) => id !== 'U0RITA');
    const ctx = world.as('tom', 'slack:request-1');
    await noteAbsentHolders(ctx);
    expect(accepted(await askGoNoGo({ ctx, input: { releaseKey: null } })).opened).toBe(true);
  });

  it('is missed by nobody: whoever answers for them is asked for a successor, once', async () => {
    await planRelease(world, withBackup('qa_lead'));
    const gone = () =>
      recordAbsentHolder({ ctx: asSystem(world.services, 'directory'), input: identityOf('quinn') });
    expect(accepted(await gone())).toBe(true);
    expect(accepted(await gone())).toBe(false);
    await drainToTheEnd(world, { destination: at('rita') });
    expect(shown(at('rita'))).toEqual(["web-2.4.0: Quinn Abara can't be reached"]);
    expect(textOf(at('rita'))).toContain('reassign web-2.4.0 QA Lead');
  });

  it('is looked for before the backup acts or a form opens for them, and not when they only read', async () => {
    const releaseId = await planRelease(world, withBackup('release_manager'));
    world.platform.people = world.platform.people.filter(({ id }) => id !== 'U0RITA');
    const type = (words: string) => runCommand({ ctx: world.as('tom'), name: 'release', words });
    const isNoted = async () =>
      (await auditOf(world, releaseId)).some(({ action }) => action === 'person.unreachable');
    expect(await type('show web-2.4.0')).toMatchObject({ kind: 'card' });
    expect(await isNoted()).toBe(false);
    expect(await type('cancel web-2.4.0')).toMatchObject({ kind: 'form' });
    expect(await isNoted()).toBe(true);
  });

  it('does not leave notices without a reader: the backup gets them, without one the channel', async () => {
    for (const [changes, receiver] of [
      [withBackup('release_manager'), at('tom')],
      [withoutBackup(), channel],
    ] as const) {
      await planRelease(world, changes);
      await drainToTheEnd(world, { destination: channel });
      await world.query(`update identities set unreachable_since = null`);
      const support = 'slack:channel:C-support';
      const [{ id } = { id: '' }] = await world.query<{ id: string }>(
        `select id from releases order by key = 'app-1.0' desc limit 1`,
      );
      await world.query(
        `insert into deliveries (id, release_id, destination, subject, content, created_at)
          values ($1, $2, $3, 'customer-announcement', '{"summary":"News","blocks":[]}', now())`,
        [world.services.newId(), id, support],
      );
      world.platform.failPosts(support, { result: 'refused', code: 'is_archived', detail: 'archived' });
      world.platform.failPosts(at('rita'), gone);
      await drainToTheEnd(world, { destination: support });
      await drainToTheEnd(world, { destination: at('rita') });
      await drainToTheEnd(world, { destination: receiver });
      expect(shown(receiver).at(-1)).toContain('a message to #support could not be delivered');
    }
  });
});

describe('somebody who has left after the release was completed', () => {
  it('is looked for before the backup rolls it back, in the trail too', async () => {
    const releaseId = await approvedRelease(world, withBackup('devops_lead'));
    world.clock.moveTo(goLive);
    await promoteAndConfirm(world, releaseId);
    await world.query(`update releases set state = 'completed' where id = $1`, [releaseId]);
    await world.query(`update rollouts set state = 'completed' where release_id = $1`, [releaseId]);
    world.platform.people = world.platform.people.filter(({ id }) => id !== 'U0DANA');
    await noteAbsentHolders(world.as('tom'));
    const input = { releaseKey: null, reason: 'Errors went up.' };
    expect((await rollBackRollout({ ctx: world.as('tom'), input })).ok).toBe(true);
    const trail = await auditOf(world, releaseId);
    expect(trail.map(({ action }) => action)).toContain('person.unreachable');
    const acted = trail.find(({ action }) => action === 'backup.acted');
    expect(acted?.details).toMatchObject({ capability: 'rollout.rollback', inPlaceOf: 'Dana Fischer' });
  });
});
