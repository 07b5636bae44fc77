import { expect, it } from 'vitest';
import { migrateFrom } from './migrate-from.ts';

/** Two releases with one QA lead, whose address changed in between, a vote, and the home of somebody without a role. */
const before = `
  insert into releases (id, key, state, plan, go_live_at, created_at, created_by) values
    ('00000000-0000-4000-8000-000000000001', 'web-1', 'in_planning', '{"rollout":{"phases":[]},"communications":{"add":[]}}', now(), '2030-01-01', 'slack:U1'),
    ('00000000-0000-4000-8000-000000000002', 'web-2', 'in_planning', '{"rollout":{"phases":[]},"communications":{"add":[]}}', now(), '2030-02-01', 'slack:U1');
  insert into release_people (release_id, role, position, person_id, name, email) values
    ('00000000-0000-4000-8000-000000000001', 'qa_lead', 'holder', 'U1', 'Q. Old', 'old@example.com'),
    ('00000000-0000-4000-8000-000000000002', 'qa_lead', 'holder', 'U1', 'Quinn', 'Quinn@example.com');
  insert into polls (id, release_id, kind, state, roles, intro, opened_at, closes_at) values
    ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001', 'decision', 'open', '["qa_lead"]', '[]', now(), now());
  insert into votes (poll_id, role, person_id, person_name, choice, voted_at) values
    ('00000000-0000-4000-8000-000000000003', 'qa_lead', 'U1', 'Quinn', 'go', now());
  insert into cards (id, kind, subject_id, destination) values
    ('00000000-0000-4000-8000-000000000004', 'home', 'U2', 'slack:home:U2');`;

it('makes people of the ids that stood for them, and loses no role, vote or home', async () => {
  const client = await migrateFrom(6, before);
  const { rows: known } = await client.query(
    `select i.platform, i.platform_id, i.email, p.name from identities i join persons p on p.id = i.person_id order by 2`,
  );
  expect(known).toEqual([
    { platform: 'slack', platform_id: 'U1', email: 'quinn@example.com', name: 'Quinn' },
    { platform: 'slack', platform_id: 'U2', email: null, name: 'U2' },
  ]);
  const { rows: roles } = await client.query(
    'select count(*)::int from release_people join identities using (person_id) where platform_id = $1',
    ['U1'],
  );
  const { rows: votes } = await client.query(
    'select platform_id from votes join identities using (person_id)',
  );
  const { rows: homes } = await client.query(
    `select platform_id from cards join identities on subject_id = person_id::text`,
  );
  expect([roles, votes, homes]).toEqual([[{ count: 2 }], [{ platform_id: 'U1' }], [{ platform_id: 'U2' }]]);
});
