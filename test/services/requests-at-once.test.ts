import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeDestination } from '../../src/core/address/destination.ts';
import { verifyAudit } from '../../src/services/audit/verify-audit.ts';
import { castVote } from '../../src/services/go-no-go/cast-vote.ts';
import { askGoNoGo } from '../../src/services/go-no-go/open-poll.ts';
import { promoteRollout } from '../../src/services/rollout/promote-rollout.ts';
import { openWorld, type PersonName, personIdOf, type World } from '../support/test-services.ts';
import { accepted, auditOf, planRelease, pollOf, voters } from './steps.ts';

let world: World;
let releases: { id: string; key: string; pollId: string }[];

beforeEach(async () => {
  world = await openWorld();
  releases = [];
  for (const version of ['2.4.0', '2.4.1', '2.4.2', '2.4.3', '2.4.4']) {
    const key = `web-${version}`;
    const id = await planRelease(world, { release: key, version });
    const { pollId } = accepted(await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey: key } }));
    releases.push({ id, key, pollId });
  }
});
afterEach(() => world.close());

let requests = 0;
/** As a person in chat: each request has a key. */
const as = (person: PersonName) => world.as(person, `request-${++requests}`);

describe('requests at the same moment, by many people on many releases', () => {
  it('are each done once, each with its own event, in chains that hold', async () => {
    const before = (await verifyAudit(world.services.db, world.services.trailKeys)).events;
    const votes = releases.flatMap(({ pollId }) =>
      voters.map((person) =>
        castVote({ ctx: as(person), input: { pollId, choice: 'go' as const, reason: null } }),
      ),
    );
    const refused = releases.flatMap(({ key, pollId }) => [
      castVote({ ctx: as('nina'), input: { pollId, choice: 'go' as const, reason: null } }),
      promoteRollout({ ctx: as('dana'), input: { releaseKey: key, target: 'next' } }),
      promoteRollout({ ctx: as('nina'), input: { releaseKey: key, target: 'next' } }),
    ]);
    const unknown = promoteRollout({ ctx: as('dana'), input: { releaseKey: 'web-9.9.9', target: 'next' } });
    for (const vote of await Promise.all(votes)) expect(vote).toMatchObject({ ok: true });
    for (const refusal of await Promise.all(refused)) expect(refusal).toMatchObject({ ok: false });
    expect(await unknown).toMatchObject({ refusal: { code: 'not-found' } });

    for (const { id } of releases) {
      const { votes: standing } = await pollOf(world, id);
      expect(standing.map((vote) => vote.personName)).toHaveLength(voters.length);
      const actions = (await auditOf(world, id)).map((event) => event.action);
      expect(actions.filter((action) => action === 'vote.cast')).toHaveLength(voters.length);
      expect(actions.filter((action) => action === 'request.refused')).toHaveLength(3);
      expect(actions.filter((action) => action === 'poll.all-voted')).toHaveLength(1);
    }
    const trail = await verifyAudit(world.services.db, world.services.trailKeys);
    // One request named no release; and of each release everybody has voted now.
    const others = 1 + releases.length;
    expect(trail).toMatchObject({ broken: [], events: before + votes.length + refused.length + others });
  });

  it('answer each person with what is about their own release', async () => {
    const answers = await Promise.all(
      releases.map(({ key }) =>
        promoteRollout({ ctx: as('dana'), input: { releaseKey: key, target: 'next' } }),
      ),
    );
    expect(answers.map((answer) => !answer.ok && answer.refusal.message)).toEqual(
      releases.map(({ key }) => `${key} can't be promoted now.`),
    );
  });

  it('see at once that a right was taken away', async () => {
    const [first] = releases;
    const vote = (person: PersonName) =>
      castVote({ ctx: as(person), input: { pollId: first?.pollId ?? '', choice: 'go', reason: null } });
    expect(await vote('quinn')).toMatchObject({ ok: true });
    const move = 'update release_people set person_id = $3 where release_id = $1 and person_id = $2';
    await world.query(move, [first?.id, personIdOf('quinn'), personIdOf('nina')]);
    expect(await vote('quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await vote('nina')).toMatchObject({ value: { roles: ['qa_lead'] } });
  });

  it('refresh every card that they touch, once', async () => {
    await world.query('update cards set rendered_revision = revision');
    world.workItems.length = 0;
    await Promise.all(
      releases.map(({ pollId }) =>
        castVote({ ctx: as('quinn'), input: { pollId, choice: 'go', reason: null } }),
      ),
    );
    const stale = await world.query<{ destination: string }>(
      'select distinct destination from cards where revision > rendered_revision',
    );
    const enqueued = world.workItems.flatMap((item) =>
      'destination' in item ? [encodeDestination(item.destination)] : [],
    );
    expect(new Set(enqueued)).toEqual(new Set(stale.map(({ destination }) => destination)));
  });
});
