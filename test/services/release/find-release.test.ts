import { afterEach, beforeEach, expect, it } from 'vitest';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { findRelease, listCurrentReleases } from '../../../src/services/release/find-release.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { inWords, planRelease } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const found = async (key: string | null) => inWords(await findRelease(world.as('rita'), key));
const listed = async () => {
  const { underWay, followedUp, live } = await listCurrentReleases(world.as('rita'));
  return [...underWay.releases, ...followedUp.releases, ...live.releases].map(({ key }) => key);
};
const rollBack = (id: string) => world.query(`update releases set state = 'rolled_back' where id = $1`, [id]);

it('finds the one release under way without a key, and asks among several', async () => {
  expect(await found(null)).toMatchObject({ refusal: { message: expect.stringContaining('No release') } });
  await planRelease(world);
  expect(await found(null)).toMatchObject({ value: { key: 'web-2.4.0' } });
  await planRelease(world, { release: 'app-1.0', version: '1.0' });
  expect(await found(null)).toMatchObject({ refusal: { code: 'ambiguous' } });
  expect(await found('app-1.0')).toMatchObject({ value: { key: 'app-1.0' } });
  expect(await found('app-9.9')).toMatchObject({ refusal: { code: 'not-found' } });
});

it('still finds a release that was rolled back, for the week in which it is followed up', async () => {
  await rollBack(await planRelease(world));
  world.clock.moveTo(Date.parse(goLive) + 6 * 86_400_000);
  expect(await listed()).toEqual(['web-2.4.0']);
  expect(await found(null)).toMatchObject({ value: { key: 'web-2.4.0' } });
  world.clock.moveTo(Date.parse(goLive) + 7 * 86_400_000);
  expect(await listed()).toEqual([]);
  expect(await found(null)).toMatchObject({ refusal: { code: 'not-found' } });
});

it('finds it for as long as its schedule goes on', async () => {
  const change = { 'release-closing': { offset: 'P14D', time: '10:00' } };
  await rollBack(await planRelease(world, { communications: { ...world.plan.communications, change } }));
  world.clock.moveTo(Date.parse(goLive) + 13 * 86_400_000);
  expect(await listed()).toEqual(['web-2.4.0']);
  expect(await found(null)).toMatchObject({ value: { key: 'web-2.4.0' } });
  world.clock.moveTo(Date.parse(goLive) + 14 * 86_400_000);
  expect(await listed()).toEqual([]);
});

it('tells how to plan one only those who may', async () => {
  expect(await found(null)).toMatchObject({
    refusal: { message: 'No release is under way. Plan one with "release new".' },
  });
  for (const result of [
    await findRelease(world.as('nina'), null),
    await askGoNoGo({ ctx: world.as('nina'), input: { releaseKey: null } }),
  ]) {
    expect(inWords(result)).toMatchObject({ refusal: { message: 'No release is under way.' } });
  }
});

it('falls back to the release of each product that went live last', async () => {
  const complete = (id: string) => world.query(`update releases set state = 'completed' where id = $1`, [id]);
  await complete(await planRelease(world));
  expect(await found(null)).toMatchObject({ value: { key: 'web-2.4.0' } });
  const later = { ...world.plan.goLive, date: '2030-06-25' };
  await complete(await planRelease(world, { release: 'web-2.5.0', version: '2.5.0', goLive: later }));
  expect(await found(null)).toMatchObject({ value: { key: 'web-2.5.0' } });
  expect(await listed()).toEqual(['web-2.5.0']);
  await complete(await planRelease(world, { release: 'app-1.0', version: '1.0', product: 'App' }));
  expect(await found(null)).toMatchObject({ refusal: { code: 'ambiguous' } });
  expect(await listed()).toEqual(['web-2.5.0', 'app-1.0']);
});

it('prefers a release that is under way to one that was rolled back', async () => {
  await rollBack(await planRelease(world));
  await planRelease(world, { release: 'app-1.0', version: '1.0' });
  expect(await listed()).toEqual(['app-1.0', 'web-2.4.0']);
  expect(await found(null)).toMatchObject({ value: { key: 'app-1.0' } });
});

/** Copies of the one release there is, up to so many in all. */
const copyUpTo = (count: number) =>
  world.query(
    `insert into releases (id, key, state, plan, go_live_at, created_at, created_by)
      select gen_random_uuid(), 'copy-' || lpad(n::text, 2, '0'), state, plan, go_live_at, created_at, created_by
      from releases, generate_series(2, $1::int) as n`,
    [count],
  );

it('tells what is listed only in part', async () => {
  await planRelease(world);
  await copyUpTo(50);
  const underWay = async () => (await listCurrentReleases(world.as('rita'))).underWay;
  expect(await underWay()).toMatchObject({ releases: { length: 50 }, more: false });
  await planRelease(world, { release: 'app-1.0', version: '1.0' });
  expect(await underWay()).toMatchObject({ releases: { length: 50 }, more: true });
});

it('proposes ten keys, and says that there are more', async () => {
  await planRelease(world);
  await copyUpTo(10);
  const ten = ['02', '03', '04', '05', '06', '07', '08', '09', '10'].map((n) => `copy-${n}`);
  const all = `Which release? Give its key: ${[...ten, 'web-2.4.0'].join(', ')}.`;
  expect(await found(null)).toMatchObject({ refusal: { code: 'ambiguous', message: all } });
  await planRelease(world, { release: 'app-1.0', version: '1.0' });
  const some = `Which release? Give its key: ${['app-1.0', ...ten].join(', ')}. There are more: see them with "release list".`;
  expect(await found(null)).toMatchObject({ refusal: { code: 'ambiguous', message: some } });
  const asked = await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey: null } });
  expect(inWords(asked)).toMatchObject({ refusal: { code: 'ambiguous', message: some } });
});
