import { afterEach, beforeEach, expect, it } from 'vitest';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { createFreezesWatch } from '../../../src/jobs/maintenance/watch-freezes.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { approvedRelease, planRelease, releaseOf } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const type = async (words: string, person: PersonName = 'rita') =>
  JSON.stringify(await runCommand({ ctx: world.as(person), name: 'release', words: `freeze ${words}` }));
const press = async (name: string, value: unknown, person: PersonName = 'rita') =>
  JSON.stringify(await runAction({ ctx: world.as(person), name, value }));
const addAudit = 'add "Audit" from 2030-06-17 18:00 until 2030-06-20 06:00';

it('lists what there is, with buttons for those who may', async () => {
  await planRelease(world);
  expect(await type('')).toContain('No freezes are planned.');
  expect(await type(addAudit)).toContain('Go-live of web-2.4.0 falls in it');
  const shown = await type('');
  for (const part of ['Audit', 'all products', 'add-freeze', 'end-freeze', 'freeze-now'])
    expect(shown).toContain(part);
  const toQuinn = await type('', 'quinn');
  for (const part of ['add-freeze', 'end-freeze', 'freeze-now']) expect(toQuinn).not.toContain(part);
  const toDana = await type('', 'dana');
  expect(toDana).toContain('freeze-now');
  expect(toDana).not.toContain('add-freeze');
  expect(await press('end-freeze', { name: 'Audit' })).toContain('has ended');
  expect(await type('')).toContain('No freezes are planned.');
});

it('shows on a release that a freeze holds at its go-live', async () => {
  await approvedRelease(world);
  await type(addAudit);
  for (const word of ['show', 'status']) {
    const answer = await runCommand({ ctx: world.as('nina'), name: 'release', words: `${word} web-2.4.0` });
    expect(JSON.stringify(answer)).toContain('Freeze \\"Audit\\" until');
  }
});

it('says which word is wrong, with an example', async () => {
  expect(await type('ad')).toContain('Did you mean add?');
  expect(await type('add Audit from yesterday until 2030-06-20 06:00')).toContain(
    '\\"yesterday\\" is neither a date',
  );
});

it('adds by a form, with what is wrong beside its field', async () => {
  const values = {
    name: 'Audit',
    from: '2030-06-17 18:00',
    until: '2030-06-20 06:00',
    zone: 'Europe/Berlin',
  };
  const submit = (changes: Record<string, string> = {}) =>
    runForm({ ctx: world.as('rita'), name: 'add-freeze', values: { ...values, ...changes }, metadata: {} });
  expect(await submit({ except: 'hotfx', production: 'web' })).toEqual({
    kind: 'errors',
    errors: { except: '"hotfx" is none of major, minor, patch, hotfix, feature-flag. Did you mean hotfix?' },
  });
  expect(await submit({ until: 'soon' })).toMatchObject({
    errors: { from: expect.stringContaining('"soon"') },
  });
  expect(await submit({ products: 'Web shop, App', except: 'hotfix' })).toMatchObject({ title: 'Added' });
  const [row] = await world.query('select products, production, "except" from freezes');
  expect(row).toEqual({ products: ['Web shop', 'App'], production: null, except: ['hotfix'] });
});

it('freezes everything by two people, typed, pressed or in forms', async () => {
  const releaseId = await planRelease(world);
  expect(await type('now', 'dana')).toContain('"kind":"form"');
  const values = { reason: 'Payments are down.', until: '2030-06-19', time: '09:00' };
  const metadata = { zone: 'Europe/Amsterdam' };
  const asked = await runForm({ ctx: world.as('dana'), name: 'freeze-now', values, metadata });
  expect(JSON.stringify(asked)).toContain('Nothing is frozen yet');
  expect(await type('', 'emil')).toContain('approve-request');
  const [request] = await world.query<{ id: string }>('select id from requests');
  expect(await press('withdraw-request', { requestId: request?.id }, 'dana')).toContain(
    'You withdrew your request to freeze everything until',
  );
  expect(await type('now "Payments are down." until 2030-06-19 09:00', 'dana')).toContain(
    'Nothing is frozen yet',
  );
  expect(await type('approve', 'emil')).toContain('Everything is frozen until');
  expect((await releaseOf(world, releaseId)).pause?.reason).toBe('Freeze: Payments are down.');
});

it('lets one release through by a form or on one line', async () => {
  await planRelease(world);
  expect(await type('break web-2.4.0', 'emil')).toContain('"kind":"form"');
  const values = { reason: 'It is the law.', until: '2030-06-19', time: '09:00' };
  const metadata = { releaseKey: 'web-2.4.0', zone: 'Europe/Amsterdam' };
  const broken = await runForm({ ctx: world.as('emil'), name: 'break-freeze', values, metadata });
  expect(broken).toMatchObject({ title: 'Done' });
  expect(
    await runForm({
      ctx: world.as('emil'),
      name: 'break-freeze',
      values: { ...values, until: '2030-06-01' },
      metadata,
    }),
  ).toMatchObject({
    kind: 'errors',
    errors: { until: expect.stringContaining('Choose an end') },
  });
  // As it arrives from a platform: under the key of its request.
  const typed = await runCommand({
    ctx: world.as('bo', 'one line'),
    name: 'release',
    words: 'freeze break web-2.4.0 "It is the law." until 2030-06-20 09:00',
  });
  expect(JSON.stringify(typed)).toContain("freezes don't apply to");
  const breaks = await world.query(
    'select broken_by_name as by from freeze_breaks order by broken_at, until',
  );
  expect(breaks).toEqual([{ by: 'Emil Novak' }, { by: 'Bo Lindqvist' }]);
});

it('has the cards drawn again when a freeze begins and when it ends, and not in between', async () => {
  await approvedRelease(world);
  await type(addAudit);
  const watch = createFreezesWatch();
  const redrawn = async () => {
    const revisions = () => world.query<{ revision: number }>('select revision from cards order by id');
    const before = await revisions();
    await watch(world.jobs);
    return JSON.stringify(before) !== JSON.stringify(await revisions());
  };
  const seen: boolean[] = [];
  for (const at of ['2030-06-17T15:59Z', '2030-06-17T16:00Z', '2030-06-18T12:00Z', '2030-06-20T04:00Z']) {
    world.clock.moveTo(new Date(at).toISOString());
    seen.push(await redrawn());
  }
  expect(seen).toEqual([false, true, false, true]);
});
