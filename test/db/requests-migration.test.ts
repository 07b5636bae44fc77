import { expect, it } from 'vitest';
import { migrateFrom } from './migrate-from.ts';

const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;

it('makes requests of late changes and freezes that were asked for', async () => {
  const client = await migrateFrom(
    45,
    `insert into persons (id, name) values ('${id(1)}', 'Quinn');
    insert into identities (platform, platform_id, person_id) values ('slack', 'U0QUINN', '${id(1)}');
    insert into releases (id, key, state, plan, go_live_at, created_at, created_by)
      values ('${id(2)}', 'web-1', 'in_planning', '{}', '2030-06-18T08:00:00Z', now(), 'slack:U1');
    insert into change_requests (id, release_id, kind, list, entry, reason, requested_by_id, requested_by_name,
      requested_at, state, decided_by_name, decided_at, refusal) values
      ('${id(3)}', '${id(2)}', 'add', 'fixes', 'The cart', 'Lost.', '${id(1)}', 'Quinn', now(), 'open', null, null, null),
      ('${id(4)}', '${id(2)}', 'take-out', 'debt', 'Old', 'Risky.', '${id(1)}', 'Quinn', now(), 'refused', 'Rita', now(), 'No.');
    insert into freeze_requests (id, person_id, person_name, reason, until, zone, requested_at, expires_at, state) values
      ('${id(5)}', '${id(1)}', 'Quinn', 'Down.', '2030-06-20T08:00:00Z', 'Europe/Berlin', now(), now(), 'open');`,
  );
  const { rows } = await client.query(
    'select id, act, words, input, platform_id, state, reason from requests order by id',
  );
  const asked = { platform_id: 'U0QUINN' };
  expect(rows).toEqual([
    {
      ...{ ...asked, id: id(3), act: 'change.request', state: 'open', reason: null },
      words: 'add the fix “The cart” after code freeze',
      input: { kind: 'add', list: 'fixes', entry: 'The cart', reason: 'Lost.' },
    },
    {
      ...{ ...asked, id: id(4), act: 'change.request', state: 'refused', reason: 'No.' },
      words: 'take out the piece of technical debt “Old” after code freeze',
      input: { kind: 'take-out', list: 'debt', entry: 'Old', reason: 'Risky.' },
    },
    {
      ...{ ...asked, id: id(5), act: 'freeze.now', state: 'lapsed', reason: null },
      words: 'freeze everything until 20 June 2030, 10:00 (Europe/Berlin)',
      input: { reason: 'Down.', until: '2030-06-20T08:00:00.000Z', zone: 'Europe/Berlin' },
    },
  ]);
  const timers = await client.query(`select subject_id, state from timers where kind = 'request-expire'`);
  expect(timers.rows).toEqual([{ subject_id: id(3), state: 'pending' }]);
});
