import { expect, it } from 'vitest';
import { migrateFrom } from './migrate-from.ts';

const release = '00000000-0000-4000-8000-000000000001';
const [first, poll, planned, message, card, ballot, other] = Array.from(
  { length: 7 },
  (_, index) => `00000000-0000-4000-8000-00000000001${index}`,
);

/** A release that has sent one message and opened one poll; another message has the subject and another the time. */
const before = `
  insert into releases (id, key, state, plan, go_live_at, created_at, created_by) values
    ('${release}', 'web-1', 'in_planning', '{"channels":{"release":"#release","qa":"#qa"},"rollout":{"phases":[]}}', now(), now(), 'slack:U1');
  insert into release_channels (release_id, name, channel_id) values ('${release}', '#release', 'C1'), ('${release}', '#qa', 'C2');
  insert into communications (id, release_id, key, position, item, due_at, state, settled_at) values
    ('${first}', '${release}', 'kickoff', 0, '{"kind":"message","channel":"#release"}', '2030-01-01', 'sent', '2030-01-01'),
    ('${poll}', '${release}', 'go-no-go', 1, '{"kind":"poll","channel":"#release"}', '2030-01-02', 'sent', '2030-01-02'),
    ('${planned}', '${release}', 'closing', 2, '{"kind":"message","channel":"#qa"}', '2030-01-03', 'planned', null);
  insert into deliveries (id, release_id, destination, subject, created_at) values
    ('${message}', '${release}', 'slack:channel:C1', 'kickoff', '2030-01-01'),
    ('${card}', '${release}', 'slack:channel:C1', 'card:poll', '2030-01-02'),
    ('${ballot}', '${release}', 'slack:person:U1', 'card:ballot', '2030-01-02'),
    ('${other}', '${release}', 'slack:channel:C1', 'kickoff', '2030-01-05');
  insert into paces (key, next_at) values ('post:slack:channel:C1', '2030-01-01'), ('edit:slack:channel:C1', '2030-01-02');`;

it('keeps what deliveries carry out, where addresses are, and what each channel waits for', async () => {
  const client = await migrateFrom(8, before);
  const rowsOf = async (text: string) => (await client.query(text)).rows;
  expect(await rowsOf('select id, communication_id from deliveries order by seq')).toEqual([
    { id: message, communication_id: first },
    { id: card, communication_id: poll },
    { id: ballot, communication_id: null },
    { id: other, communication_id: null },
  ]);
  expect(await rowsOf('select kind, destination from paces order by kind')).toEqual([
    { kind: 'edit', destination: 'slack:channel:C1' },
    { kind: 'post', destination: 'slack:channel:C1' },
  ]);
  expect(await rowsOf('select address, destination from release_destinations order by address')).toEqual([
    { address: '#qa', destination: 'slack:channel:C2' },
    { address: '#release', destination: 'slack:channel:C1' },
  ]);
  expect(await rowsOf(`select plan -> 'channels' as channels from releases`)).toEqual([
    { channels: { release: ['#release'], qa: ['#qa'] } },
  ]);
  expect(await rowsOf('select item from communications order by position')).toEqual([
    { item: { kind: 'message', addresses: ['#release'] } },
    { item: { kind: 'poll', addresses: ['#release'] } },
    { item: { kind: 'message', addresses: ['#qa'] } },
  ]);
});
