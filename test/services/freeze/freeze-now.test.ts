import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { factsOf } from '../../../src/create-services.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { endFreeze } from '../../../src/services/freeze/end-freeze.ts';
import { requestFreeze } from '../../../src/services/freeze/request-freeze.ts';
import { mergePersons } from '../../../src/services/people/merge-persons.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import {
  goLive,
  identityOf,
  openWorld,
  type PersonName,
  personIdOf,
  secondIdentityOf,
  type World,
} from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  inWords,
  outboxOf,
  planRelease,
  playUntil,
  promote,
  promoteAndConfirm,
  releaseOf,
  rolloutOf,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(undefined, { platforms: 2 });
});
afterEach(() => world.close());

const reason = 'Payments are down.';
const hour = 3_600_000;
const ask = (until: number, person: PersonName = 'dana') =>
  requestFreeze({ ctx: world.as(person), input: { reason, until } });
const decide = (person: PersonName, decision: 'approve' | 'withdraw' = 'approve') =>
  decideOnRequest({ ctx: world.as(person), input: { requestId: 'freeze.now', decision, reason: null } });
const now = () => world.clock.now();
const subjects = async (subject: string) => (await outboxOf(world)).filter((each) => each === subject);

/** The card of what was asked for last, in the channel of the releases. */
async function cardShown() {
  const [row] = await world.query<{ subject_id: string; destination: string }>(
    `select subject_id, destination from cards where kind = 'freeze-request' order by id desc limit 1`,
  );
  const card = {
    kind: 'freeze-request',
    subjectId: row?.subject_id ?? '',
    destination: decodeDestination(row?.destination ?? ''),
  };
  return renderLiveCard(world.services.db, card, now(), factsOf(world.services));
}

describe('freeze now', () => {
  it('holds nothing until a second person agrees', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await ask(now() + 24 * hour));
    expect((await releaseOf(world, releaseId)).pause).toBeNull();
    expect(inWords(await decide('dana'))).toMatchObject({
      refusal: { message: 'You asked for this, and it takes a second person to decide.' },
    });
    accepted(await promote(world));
  });

  it('pauses what is rolled out and what would go live, and tells each channel once', async () => {
    const running = await approvedRelease(world);
    world.clock.moveTo(goLive);
    await promoteAndConfirm(world, running);
    const soon = await planRelease(world, {
      release: 'app-1.0',
      product: 'App',
      goLive: { ...world.plan.goLive, date: '2030-06-19' },
    });
    const later = await planRelease(world, {
      release: 'tv-1.0',
      product: 'TV',
      goLive: { ...world.plan.goLive, date: '2030-07-16' },
    });
    const until = now() + 72 * hour;
    expect(accepted(await ask(until)).holds).toEqual(['web-2.4.0', 'app-1.0']);
    expect(await subjects('card:freeze-request')).toHaveLength(1);
    const asked = JSON.stringify(await cardShown());
    expect(asked).toContain(identityOf('emil').id);
    expect(asked).not.toContain(identityOf('dana').id);
    expect(lineText(accepted(await decide('emil')).answer ?? '')).toContain(
      'web-2.4.0 and app-1.0 are paused.',
    );
    for (const id of [running, soon]) {
      expect((await releaseOf(world, id)).pause).toMatchObject({
        until,
        reason: 'Freeze: Payments are down.',
      });
    }
    expect((await releaseOf(world, later)).pause).toBeNull();
    expect(await subjects('frozen')).toHaveLength(1);
    expect(await subjects('paused')).toHaveLength(0);
    const told = (await wordsOfLast(world, 'frozen')).join(' ');
    expect(told).toContain('Paused: web-2.4.0 and app-1.0.');
    expect((await rolloutOf(world, running)).trafficPercent).toBe(1);
    expect(await promote(world)).toMatchObject({ ok: false });
    expect(await actionsOf(world, running)).toContain('release.paused');
    expect((await actionsOf(world, 'workspace')).filter((action) => action.startsWith('freeze.'))).toEqual([
      'freeze.begun',
    ]);
  });

  it('says that a promotion which has begun runs to its end', async () => {
    await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await promote(world));
    accepted(await ask(now() + hour));
    accepted(await decide('emil'));
    expect((await wordsOfLast(world, 'frozen')).join(' ')).toContain(
      'A promotion of web-2.4.0 had already begun and runs to its end.',
    );
  });

  it('lets what it paused go on when its time is over', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const until = now() + hour;
    accepted(await ask(until));
    accepted(await decide('emil'));
    await playUntil(world, until);
    expect((await releaseOf(world, releaseId)).pause).toBeNull();
    accepted(await promote(world));
  });

  it('lets what it paused go on when it is ended, but not what somebody paused since', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await ask(now() + hour));
    accepted(await decide('emil'));
    const end = () => endFreeze({ ctx: world.as('rita'), input: { name: reason } });
    expect(accepted(await end())).toMatchObject({ resumed: ['web-2.4.0'] });
    expect((await releaseOf(world, releaseId)).pause).toBeNull();
    accepted(await ask(now() + hour));
    accepted(await decide('emil'));
    await world.query(`update releases set pause_reason = 'The supplier is late.'`);
    expect(accepted(await end())).toMatchObject({ resumed: [] });
  });

  it('lapses after an hour, can be withdrawn by whoever asked only, and is decided once', async () => {
    await approvedRelease(world);
    accepted(await ask(now() + 24 * hour));
    expect(await ask(now() + 24 * hour, 'emil')).toMatchObject({ refusal: { code: 'already-exists' } });
    expect(await decide('emil', 'withdraw')).toMatchObject({ refusal: { code: 'not-permitted' } });
    accepted(await decide('dana', 'withdraw'));
    expect(await decide('emil')).toMatchObject({ refusal: { code: 'not-found' } });
    const { requestId } = accepted(await ask(now() + 24 * hour));
    world.clock.moveBy(hour);
    expect(await decide('emil')).toMatchObject({ refusal: { code: 'wrong-state' } });
    const input = { requestId, decision: 'approve' as const, reason: null };
    expect(inWords(await decideOnRequest({ ctx: world.as('emil'), input }))).toMatchObject({
      refusal: { message: 'Nobody agreed in time, so the request has lapsed. Ask again.' },
    });
    expect(await subjects('frozen')).toEqual([]);
  });

  it('can not be agreed to once its end has passed', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const { requestId } = accepted(await ask(now() + hour / 2));
    world.clock.moveBy(hour / 2);
    const input = { requestId, decision: 'approve' as const, reason: null };
    expect(await decideOnRequest({ ctx: world.as('emil'), input })).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
    expect((await releaseOf(world, releaseId)).pause).toBeNull();
  });

  it('is refused with a reason, which whoever asked is told, and can be asked for again', async () => {
    await approvedRelease(world);
    const { requestId } = accepted(await ask(now() + 20 * 24 * hour));
    const input = { requestId, decision: 'refuse' as const, reason: 'Payments are back.' };
    accepted(await decideOnRequest({ ctx: world.as('emil'), input }));
    const told = (await wordsOfLast(world, 'second-person')).join(' ');
    expect(told).toContain('refused your request to freeze everything until');
    expect(told).toContain('Payments are back.');
    expect(JSON.stringify(await cardShown())).not.toContain('approve-request');
    accepted(await ask(now() + hour));
  });

  it('is told to whoever asked when it lapses, and its card says so', async () => {
    await approvedRelease(world);
    accepted(await ask(now() + 20 * 24 * hour));
    await playUntil(world, now() + hour);
    expect((await wordsOfLast(world, 'second-person')).join(' ')).toContain('nobody approved your request');
    expect(await actionsOf(world, 'workspace')).toContain('second-person.lapsed');
    expect(JSON.stringify(await cardShown())).toContain('Nobody approved it in time.');
    expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  });

  it('ends the one that holds, not one for the same reason that is over', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await ask(now() + hour));
    accepted(await decide('emil'));
    await playUntil(world, now() + 2 * hour);
    accepted(await ask(now() + hour));
    accepted(await decide('emil'));
    const ended = await endFreeze({ ctx: world.as('rita'), input: { name: reason } });
    expect(accepted(ended)).toMatchObject({ resumed: ['web-2.4.0'] });
    expect((await releaseOf(world, releaseId)).pause).toBeNull();
    accepted(await promote(world));
  });

  it('is agreed to once by many at the same moment', async () => {
    await approvedRelease(world);
    accepted(await ask(now() + 20 * 24 * hour));
    const answers = await Promise.all(['emil', 'rita', 'bo'].map((person) => decide(person as PersonName)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.query('select name from freezes')).toHaveLength(1);
    expect(await subjects('frozen')).toHaveLength(1);
  });

  it('takes two accounts of one person for one person', async () => {
    await approvedRelease(world);
    accepted(await ask(now() + hour));
    // Two accounts with one address, of which nobody has said yet whose they are.
    await world.query(`insert into identities (platform, platform_id, person_id) values ('second', $1, $2)`, [
      secondIdentityOf('dana').id,
      personIdOf('dana'),
    ]);
    await world.query(
      `insert into account_matches (platform, platform_id, other_platform, other_id, email) values ('slack', $1, 'second', $2, 'x@example.com')`,
      [identityOf('emil').id, secondIdentityOf('dana').id],
    );
    expect(await decide('emil')).toMatchObject({ refusal: { code: 'not-permitted' } });
    // Now they have said that both are theirs.
    await withTransaction(
      world.services.db,
      (tx) => mergePersons({ tx, now: now() }, { from: personIdOf('dana'), into: personIdOf('emil') }),
      async () => undefined,
    );
    await world.query('delete from account_matches');
    expect(await decide('emil')).toMatchObject({ refusal: { code: 'not-permitted' } });
    accepted(await decide('rita'));
  });
});
