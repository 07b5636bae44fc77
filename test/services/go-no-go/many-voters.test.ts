import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { callsOf, drain } from '../../jobs/outbox.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, auditOf, openDecision, planRelease, pollOf } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const count = 200;
const roles = [
  'release_manager',
  'engineering_lead',
  'qa_lead',
  'devops_lead',
  'product_owner',
  'security_lead',
];
const personId = (index: number) => `00000000-0000-4000-b000-${String(index).padStart(12, '0')}`;

/** A board of two hundred people, who share the six roles. */
async function appoint(releaseId: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await world.query('insert into persons (id, name) values ($1, $2)', [personId(index), `Voter ${index}`]);
    await world.query(`insert into identities (platform, platform_id, person_id) values ('slack', $1, $2)`, [
      `U${index}`,
      personId(index),
    ]);
    await world.query(
      `insert into release_people (release_id, role, position, person_id, name, email)
        values ($1, $2, 'holder', $3, $4, $5)`,
      [releaseId, roles[index % roles.length], personId(index), `Voter ${index}`, `v${index}@example.com`],
    );
  }
}

function asVoter(index: number, key: string): Ctx {
  const name = `Voter ${index}`;
  const identity = { platform: 'slack', id: `U${index}` };
  const actor = { kind: 'person' as const, personId: personId(index), isBackup: false, identity, name };
  return { ...world.as('quinn'), actor, idempotencyKey: key };
}

it('two hundred voters who click three times each are counted once a click, and the card is right at the end', async () => {
  const releaseId = await planRelease(world);
  const pollId = await openDecision(world);
  await appoint(releaseId);
  const [card] = await world.query<{ destination: string }>(
    `select destination from cards where kind = 'poll' and subject_id = $1`,
    [pollId],
  );
  const channel = card?.destination ?? '';
  await drain(world.jobs, channel);
  const refresh = () => refreshCards(world.jobs, decodeDestination(channel));
  const go = { pollId, choice: 'go' as const, reason: null };
  const noGo = { pollId, choice: 'no_go' as const, reason: 'Not yet.' };
  for (let first = 0; first < count; first += 20) {
    const clicks = Array.from({ length: 20 }, (_, offset) => first + offset).flatMap((index) => [
      // The platform sends the first click a second time, since it got no answer.
      castVote({ ctx: asVoter(index, `${index}-a`), input: noGo }),
      castVote({ ctx: asVoter(index, `${index}-a`), input: noGo }),
      castVote({ ctx: asVoter(index, `${index}-b`), input: go }),
    ]);
    for (const answer of await Promise.all(clicks)) accepted(answer);
    world.wall.now += 100;
    await refresh();
  }
  for (let wait = await refresh(); wait !== null; wait = await refresh()) world.wall.now += wait;

  const rows = await world.query<{ person_id: string; choice: string; ended: boolean }>(
    'select person_id, choice, ended_at is not null as ended from votes',
  );
  expect(rows).toHaveLength(2 * count);
  expect(new Set(rows.map((row) => `${row.person_id} ${row.choice}`)).size).toBe(2 * count);
  expect(rows.filter(({ ended }) => !ended)).toHaveLength(roles.length);
  const cast = (await auditOf(world, releaseId)).filter(({ action }) => action === 'vote.cast');
  expect(cast).toHaveLength(2 * count);
  const poll = await pollOf(world, releaseId);
  const edits = callsOf(world, 'update', channel);
  expect(edits.at(-1)?.text).toBe('web-2.4.0: go/no-go, 6 of 6 voted');
  const message = world.platform.messages.find(({ card: { summary } }) => summary.includes('6 of 6 voted'));
  const shown = JSON.stringify(message?.card);
  for (const { personName } of poll.votes) expect(shown).toContain(personName);
  const gaps = edits.map(({ after }, index) => after - (edits[index - 1]?.after ?? -1_000));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  // Their roles were given behind the trail's back, which is all that it may say.
  const { broken } = await verifyAudit(world.services.db, world.services.trailKeys);
  expect(broken.map(({ problem }) => problem.split(':')[0])).toEqual(['who has a role in it']);
}, 120_000);
