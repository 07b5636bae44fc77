import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { planRelease } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await planRelease(world);
});
afterEach(() => world.close());

const conflicts = async (key: string) =>
  JSON.stringify(await runCommand({ ctx: world.as('nina'), name: 'release', words: `conflicts ${key}` }));
const chooseDate = (date: string) =>
  runForm({
    ctx: world.as('rita'),
    name: 'reschedule-release',
    values: { date, time: '10:00' },
    metadata: { releaseKey: 'app-1.0', from: String(Date.parse(goLive)) },
  });
const app = { release: 'app-1.0', product: 'App', version: '1.0' };

it('says where a release conflicts with others, and the nearest slot without a conflict', async () => {
  expect(await conflicts('web-2.4.0')).toContain("doesn't conflict with any other release");
  await planRelease(world, app);
  world.services.messagesAWeek = 1;
  const said = await conflicts('app-1.0');
  expect(said).toContain('rolls out the same system, demo');
  expect(said).toContain('also have a role in web-2.4.0');
  expect(said).toContain('The nearest slot without a conflict is');
  expect(said).toContain('would get');
});

it('says it to whoever plans and to whoever moves a release', async () => {
  const plan = JSON.stringify({ ...world.plan, ...app });
  const imported = await runForm({
    ctx: world.as('rita'),
    name: 'import-release',
    values: { plan },
    metadata: null,
  });
  expect(imported).toMatchObject({ title: 'Planned' });
  expect(JSON.stringify(imported)).toContain('It conflicts with other releases');
  const moved = await chooseDate('2030-06-19');
  expect(moved).toMatchObject({ kind: 'next', form: { name: 'confirm-reschedule' } });
  expect(JSON.stringify(moved)).toContain('It conflicts with other releases');
  const away = await chooseDate('2031-03-04');
  expect(away).toMatchObject({ kind: 'next', form: { name: 'confirm-reschedule' } });
  expect(JSON.stringify(away)).not.toContain('conflicts with');
});
