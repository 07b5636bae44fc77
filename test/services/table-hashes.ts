import type { World } from '../support/test-services.ts';

const tables = [
  'account_matches',
  'agendas',
  'audit_anchors',
  'audit_checkpoints',
  'audit_events',
  'audit_heads',
  'calendar_links',
  'cards',
  'communications',
  'conversations',
  'decisions',
  'deliveries',
  'delivery_facts',
  'drafts',
  'evidence',
  'freeze_breaks',
  'freezes',
  'gate_readings',
  'gate_results',
  'gate_waivers',
  'identities',
  'inbox',
  'late_requests',
  'looks',
  'noted_messages',
  'open_forms',
  'operations',
  'paces',
  'permissions',
  'persons',
  'poll_evidence',
  'polls',
  'processes',
  'product_locks',
  'release_destinations',
  'release_drafts',
  'release_notes',
  'release_people',
  'releases',
  'requests',
  'rollouts',
  'sign_offs',
  'subscribers',
  'subscriptions',
  'task_messages',
  'tasks',
  'timers',
  'votes',
] as const;
export type TableName = (typeof tables)[number];

/** A hash of all rows of each table, so that any change of any row can be seen. */
export async function hashTables(world: World): Promise<Record<TableName, string>> {
  const there = await world.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const unknown = there.map((row) => row.name).filter((name) => !tables.some((table) => table === name));
  if (unknown.length > 0) throw new Error(`hashTables does not know the tables ${unknown.join(', ')}`);
  const selects = tables.map(
    (
      name,
    ) => `select '${name}' as name, count(*) || ':' || md5(coalesce(string_agg(t::text, ',' order by t::text), ''))
      as hash from ${name} t`,
  );
  const rows = await world.query<{ name: TableName; hash: string }>(selects.join(' union all '));
  return Object.fromEntries(rows.map((row) => [row.name, row.hash])) as Record<TableName, string>;
}

/** The tables of which anything changed. */
export function changedTables(
  before: Record<TableName, string>,
  after: Record<TableName, string>,
): TableName[] {
  return tables.filter((name) => before[name] !== after[name]);
}
