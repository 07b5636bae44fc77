import { expect, it } from 'vitest';
import { migrateFrom } from './migrate-from.ts';

const item = (position: number, key: string, kind: string, more: string) =>
  `('00000000-0000-4000-8000-00000000001${position}', '00000000-0000-4000-8000-000000000001', '${key}', ${position}, 'planned', '{"kind":"${kind}",${more}}')`;

/** A release as an earlier version planned it: its items know nothing of what may be deployed unseen. */
const before = `
  insert into releases (id, key, state, plan, go_live_at, created_at, created_by) values
    ('00000000-0000-4000-8000-000000000001', 'web-1', 'approved', '{}', now(), now(), 'slack:U1');
  insert into communications (id, release_id, key, position, state, item) values
    ${item(1, 'live-status', 'live-card', '"origin":"default","validIn":["planned","approved"],"variants":{}')},
    ${item(2, 'metrics-analysis', 'message', '"origin":"changed","validIn":["live"],"variants":{"approved":"metrics-analysis-not-started"}')},
    ${item(3, 'go-no-go-decision', 'poll', '"origin":"default","validIn":["planned","approved"],"variants":{}')},
    ${item(4, 'usage-survey', 'message', '"origin":"added","validIn":["live"],"variants":{}')};`;

it('gives what was planned before a text for what nobody recorded', async () => {
  const client = await migrateFrom(12, before);
  const { rows } = await client.query(
    `select key, item -> 'validIn' as valid, item -> 'variants' as variants from communications order by position`,
  );
  expect(rows).toEqual([
    { key: 'live-status', valid: ['planned', 'approved', 'unrecorded'], variants: {} },
    {
      key: 'metrics-analysis',
      valid: ['live'],
      variants: { approved: 'metrics-analysis-not-started', unrecorded: 'metrics-analysis-unrecorded' },
    },
    { key: 'go-no-go-decision', valid: ['planned', 'approved', 'unrecorded'], variants: {} },
    { key: 'usage-survey', valid: ['live'], variants: {} },
  ]);
});
