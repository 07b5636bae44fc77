import { expect, it, onTestFinished } from 'vitest';
import { findReleasesOf } from '../../../src/db/queries/home.ts';
import { planRelease } from '../../services/steps.ts';
import { openWorld, personIdOf } from '../../support/test-services.ts';

it('lists first what is rolled out, then what comes next, then the latest that ended', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  const keys: string[] = [];
  for (let day = 10; day < 24; day += 1) {
    const goLive = { ...world.plan.goLive, date: `2030-06-${day}` };
    await planRelease(world, { release: `web-${day}`, goLive });
    keys.push(`web-${day}`);
  }
  await world.query(`update releases set state = 'in_progress' where key = 'web-23'`);
  await world.query(`update releases set state = 'completed' where key in ('web-10', 'web-12')`);
  const ids = await findReleasesOf(world.services.db, personIdOf('rita'));
  const rows = await world.query<{ key: string; id: string }>('select key, id from releases');
  const shown = ids.map((id) => rows.find((row) => row.id === id)?.key);
  const planned = keys.filter((key) => !['web-23', 'web-10', 'web-12'].includes(key));
  expect(shown).toEqual(['web-23', ...planned].slice(0, 11));
  await world.query(`delete from release_people where release_id in
    (select id from releases where key not in ('web-10', 'web-12', 'web-20'))`);
  const few = await findReleasesOf(world.services.db, personIdOf('rita'));
  expect(few.map((id) => rows.find((row) => row.id === id)?.key)).toEqual(['web-20', 'web-12', 'web-10']);
});
