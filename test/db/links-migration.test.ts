import { expect, it } from 'vitest';
import { migrateFrom } from './migrate-from.ts';

const before = `
  insert into releases (id, key, state, plan, go_live_at, created_at, created_by) values
    ('00000000-0000-4000-8000-000000000001', 'web-1', 'approved', '{"product":"Web shop"}', now(), now(), 'slack:U1');`;

it('gives a plan that was stored before an empty group of links', async () => {
  const client = await migrateFrom(17, before);
  const { rows } = await client.query('select plan from releases');
  expect(rows).toEqual([{ plan: expect.objectContaining({ product: 'Web shop', links: {} }) }]);
});
