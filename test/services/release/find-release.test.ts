import { afterEach, beforeEach, expect, it } from 'vitest';
import { findRelease, listReleasesUnderWay } from '../../../src/services/release/find-release.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { planRelease } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const found = async (key: string | null) => findRelease(world.as('rita'), key);
const listed = async () => (await listReleasesUnderWay(world.as('rita'))).map(({ key }) => key);
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

it('prefers a release that is under way to one that was rolled back', async () => {
  await rollBack(await planRelease(world));
  await planRelease(world, { release: 'app-1.0', version: '1.0' });
  expect(await listed()).toEqual(['app-1.0', 'web-2.4.0']);
  expect(await found(null)).toMatchObject({ value: { key: 'app-1.0' } });
});
