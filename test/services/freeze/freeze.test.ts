import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineText } from '../../../src/core/card/line.ts';
import type { Freeze } from '../../../src/core/freeze/freeze.ts';
import { addFreeze } from '../../../src/services/freeze/add-freeze.ts';
import { breakFreeze } from '../../../src/services/freeze/break-freeze.ts';
import { endFreeze } from '../../../src/services/freeze/end-freeze.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { preparePromotion } from '../../../src/services/rollout/promote-rollout.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  auditOf,
  inWords,
  outboxOf,
  planRelease,
  promote,
  promoteAndConfirm,
  releaseOf,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
/** Around go-live of the example plan, Tuesday 18 June 2030. */
const audit = {
  ...{ name: 'Audit', from: '2030-06-17 18:00', until: '2030-06-20 06:00', zone: 'Europe/Amsterdam' },
  ...{ products: null, production: null, except: [] },
};
const add = (changes: Partial<Parameters<typeof addFreeze>[0]['input']> = {}) =>
  addFreeze({ ctx: world.as('rita'), input: { ...audit, ...changes } });
const create = (changes = {}) =>
  createRelease({ ctx: world.as('rita'), input: { plan: { ...world.plan, ...changes } } });
const reschedule = (date: string) =>
  rescheduleRelease({
    ctx: world.as('rita'),
    input: { releaseKey, date, time: '10:00', from: Date.parse(goLive), reason: 'Holidays.' },
  });
const message = (result: Awaited<ReturnType<typeof create>> | Awaited<ReturnType<typeof promote>>) =>
  result.ok ? 'done' : [result.refusal.message, ...(result.refusal.reasons ?? [])].map(lineText).join(' ');

describe('go-live in a freeze', () => {
  it('is refused when it is planned, with the freeze, its end, the next free slot and who can break it', async () => {
    accepted(await add());
    expect(message(await create())).toBe(
      'Go-live Tue 18 Jun 2030, 10:00 (Europe/Amsterdam) is in the freeze "Audit", which holds until Thu 20 Jun 2030, 06:00 (Europe/Amsterdam). The next free slot is Thu 20 Jun 2030, 10:00 (Europe/Amsterdam). If it can\'t wait, plan it for then, and Bo Lindqvist (Business Sponsor) or Emil Novak (Engineering Lead) can break the freeze for it with "release freeze break web-2.4.0".',
    );
  });

  it('is planned where the freeze is for something else', async () => {
    accepted(await add({ products: ['App'] }));
    accepted(await add({ name: 'Hotfixes may', except: [world.plan.type] }));
    accepted(await add({ name: 'Mobile', production: ['mobile'] }));
    accepted(await create());
  });

  it('is judged at the instant that is planned, not now', async () => {
    accepted(await add({ name: 'Today', from: '2030-06-01 00:00', until: '2030-06-10 00:00' }));
    accepted(await create());
  });

  it('is refused when it is moved there, beside the date', async () => {
    await planRelease(world);
    accepted(await add({ from: '2030-06-24 00:00', until: '2030-06-26 00:00' }));
    expect(await reschedule('2030-06-25')).toMatchObject({ refusal: { code: 'invalid', field: 'date' } });
    accepted(await reschedule('2030-06-26'));
  });

  it('is refused when a change of type brings it there', async () => {
    await planRelease(world, { type: 'hotfix' });
    accepted(await add({ except: ['hotfix'] }));
    const changed = await editRelease({
      ctx: world.as('rita'),
      input: { plan: { ...world.plan, type: 'minor' } },
    });
    expect(changed).toMatchObject({ refusal: { code: 'invalid' } });
  });

  it('that is planned already is told once in the channel of its release when the freeze is added', async () => {
    await planRelease(world);
    expect(accepted(await add()).inside).toEqual([releaseKey]);
    expect((await outboxOf(world)).filter((subject) => subject === 'freeze-added')).toHaveLength(1);
    expect((await wordsOfLast(world, 'freeze-added')).join(' ')).toContain('"release reschedule web-2.4.0"');
  });
});

describe('a promotion in a freeze', () => {
  it('is refused now, and taken when the freeze is over', async () => {
    await approvedRelease(world);
    accepted(await add());
    world.clock.moveTo(goLive);
    expect(message(await promote(world))).toBe(
      'web-2.4.0 can\'t be promoted now. The freeze "Audit" holds until Thu 20 Jun 2030, 06:00 (Europe/Amsterdam). The next free slot is Thu 20 Jun 2030, 06:00 (Europe/Amsterdam). Emil Novak (Engineering Lead) or Bo Lindqvist (Business Sponsor) can break the freeze for it with "release freeze break web-2.4.0".',
    );
    const prepared = await preparePromotion({ ctx: world.as('dana'), input: { releaseKey, target: 'next' } });
    expect(prepared.ok).toBe(false);
    world.clock.moveTo('2030-06-20T04:00:00Z');
    accepted(await promote(world));
  });

  it('is refused by a freeze of the configuration, too', async () => {
    const weekday: Freeze = {
      ...{
        id: null,
        name: 'Tuesdays',
        zone: 'Europe/Amsterdam',
        products: null,
        production: null,
        except: [],
      },
      times: { kind: 'weekly', from: { day: 2, time: '00:00' }, until: { day: 3, time: '00:00' } },
    };
    await approvedRelease(world);
    world.services.freezes = [weekday];
    world.clock.moveTo(goLive);
    expect(message(await promote(world))).toContain(
      'The freeze "Tuesdays" holds until Wed 19 Jun 2030, 00:00',
    );
  });

  it('goes through once somebody who may has broken the glass, until the time that they gave', async () => {
    const releaseId = await approvedRelease(world);
    accepted(await add());
    world.clock.moveTo(goLive);
    const until = Date.parse(goLive) + 3_600_000;
    const input = { releaseKey, reason: 'The law wants it today.', until };
    expect(await breakFreeze({ ctx: world.as('rita'), input })).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    accepted(await breakFreeze({ ctx: world.as('emil'), input }));
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'freeze.broken',
      details: { reason: 'The law wants it today.' },
    });
    expect((await wordsOfLast(world, 'freeze-broken')).join(' ')).toContain('The law wants it today.');
    await promoteAndConfirm(world, releaseId);
    world.clock.moveTo(until);
    expect(message(await promote(world))).toContain('The freeze "Audit" holds');
  });

  it('needs an end of the break that is to come and not for ever', async () => {
    await approvedRelease(world);
    const at = (until: string) =>
      breakFreeze({
        ctx: world.as('emil'),
        input: { releaseKey, reason: 'It has to.', until: Date.parse(until) },
      });
    for (const until of ['2030-06-01', '2030-07-19']) {
      expect(await at(until)).toMatchObject({ refusal: { code: 'invalid', field: 'until' } });
    }
  });
});

describe('freezes by command', () => {
  it.each([
    [{ from: '2030-06-20 06:00', until: '2030-06-17 18:00' }, 'The end is not after the beginning.'],
    [{ from: 'Friday 16:00' }, 'Give two dates, or two times of the week, not one of each.'],
    [
      { until: 'tomorrow' },
      '"tomorrow" is neither a date and time such as 2030-12-20 18:00 nor a time of the week such as Friday 16:00.',
    ],
    [{ from: '2029-06-17 18:00', until: '2029-06-20 06:00' }, 'That is already over. Choose a later end.'],
    [{ zone: 'Berlin' }, 'That zone is not an IANA time zone such as Europe/Berlin.'],
    [{ name: ' ' }, 'A freeze needs a name.'],
  ])('refuses %j', async (changes, told) => {
    expect(inWords(await add(changes))).toMatchObject({ refusal: { message: told } });
  });

  it('have a name each, until they are over or ended', async () => {
    accepted(await add());
    expect(await add({ name: ' AUDIT ' })).toMatchObject({
      refusal: { code: 'already-exists', field: 'name' },
    });
    expect(accepted(await endFreeze({ ctx: world.as('rita'), input: { name: 'audit' } }))).toEqual({
      name: 'Audit',
      resumed: [],
    });
    accepted(await add());
    expect(await actionsOf(world, 'workspace')).toEqual([
      'freeze.added',
      'request.refused',
      'freeze.ended',
      'freeze.added',
    ]);
  });

  it('that are in the configuration are not ended by command', async () => {
    const times = { kind: 'days', days: ['2030-12-25'] } as const;
    const everywhere = { products: null, production: null, except: [] };
    world.services.freezes = [{ id: null, name: 'Holidays', zone: 'UTC', times, ...everywhere }];
    const end = (name: string) => endFreeze({ ctx: world.as('rita'), input: { name } });
    expect(inWords(await end('holidays'))).toMatchObject({
      refusal: { message: 'The freeze "holidays" is in tminus.yaml. An operator removes it there.' },
    });
    expect(await end('Audit')).toMatchObject({ refusal: { code: 'not-found' } });
  });

  it('free a release at once when they end', async () => {
    const releaseId = await approvedRelease(world);
    accepted(await add());
    world.clock.moveTo(goLive);
    expect((await promote(world)).ok).toBe(false);
    accepted(await endFreeze({ ctx: world.as('rita'), input: { name: 'Audit' } }));
    accepted(await promote(world));
    expect((await releaseOf(world, releaseId)).state).toBe('in_progress');
  });
});
