import { expect, it } from 'vitest';
import { examplePlan } from '../core/plan/example-plan.ts';
import { migrateFrom } from './migrate-from.ts';

const staged = examplePlan({ rollout: { preset: 'staged' } }).rollout;
const { preset: _, ...rest } = staged;
/** As a plan had it before there were presets and audiences. */
const before = { ...rest, phases: staged.phases.map(({ audience: _none, ...phase }) => phase) };
const own = { ...before, phases: before.phases.slice(1) };

const insert = [before, own]
  .map(
    (rollout, index) =>
      `('00000000-0000-4000-8000-00000000000${index}', 'web-${index}', 'approved', '${JSON.stringify({ rollout })}', now(), now(), 'slack:U1')`,
  )
  .join(',');

it('gives plans with the default phases of before their preset and audiences, and leaves others alone', async () => {
  const client = await migrateFrom(
    32,
    `insert into releases (id, key, state, plan, go_live_at, created_at, created_by) values ${insert};`,
  );
  const { rows } = await client.query("select plan -> 'rollout' as rollout from releases order by key");
  expect(rows).toEqual([{ rollout: staged }, { rollout: own }]);
});
