import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadTemplate } from '../../../src/core/template/load-template.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { planRelease, playUntil } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

it("sends a product's releases by its own templates, and others by those of all", async () => {
  const own = loadTemplate('own', '# The shop goes live');
  if (!own.ok) throw new Error('the template is wrong');
  const all = world.services.templates;
  const sets = new Map([['Web shop', { keys: () => all.keys(), get: () => own.template }]]);
  world.services.productTemplates = sets;
  world.jobs.productTemplates = sets;
  await planRelease(world);
  await planRelease(world, { release: 'app-1.0', product: 'App' });
  await playUntil(world, '2030-06-12T08:00:00Z');
  const sent = await world.query<{ key: string; summary: string }>(
    `select releases.key, deliveries.content ->> 'summary' as summary from deliveries
      join releases on releases.id = deliveries.release_id
      where deliveries.communication_id is not null and deliveries.content is not null order by deliveries.seq`,
  );
  const summaries = (key: string) => [
    ...new Set(sent.filter((row) => row.key === key).map((row) => row.summary)),
  ];
  expect(summaries('web-2.4.0')).toEqual(['The shop goes live']);
  expect(summaries('app-1.0')).not.toContain('The shop goes live');
  expect(summaries('app-1.0').length).toBeGreaterThan(0);
});
