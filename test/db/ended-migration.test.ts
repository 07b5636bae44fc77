import { expect, it } from 'vitest';
import { migrateFrom } from './migrate-from.ts';

const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const release = (number: number, state: string) =>
  `('${id(number)}', 'web-${number}', '${state}', '{}', '2030-06-18T08:00:00Z', now(), 'slack:U1')`;
const moved = (number: number, at: string) =>
  `select append_audit_events(array['${id(number)}'], array['{"action":"release.moved","at":"${at}"}']);`;

it('says of releases that have ended when they did', async () => {
  const client = await migrateFrom(
    17,
    `insert into releases (id, key, state, plan, go_live_at, created_at, created_by) values
      ${release(1, 'rolled_back')}, ${release(2, 'in_progress')}, ${release(3, 'completed')};
    ${moved(1, '2030-06-18T08:00:00.000Z')} ${moved(1, '2030-06-19T10:30:00.000Z')} ${moved(2, '2030-06-18T08:00:00.000Z')}`,
  );
  const { rows } = await client.query(
    `select key, ended_at at time zone 'utc' = '2030-06-19 10:30' as moved, ended_at = go_live_at as "goLive", pruned_at
      from releases order by key`,
  );
  expect(rows).toEqual([
    { key: 'web-1', moved: true, goLive: false, pruned_at: null },
    { key: 'web-2', moved: null, goLive: null, pruned_at: null },
    { key: 'web-3', moved: false, goLive: true, pruned_at: null },
  ]);
});
