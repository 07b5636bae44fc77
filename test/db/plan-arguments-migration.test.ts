import { expect, it } from 'vitest';
import { examplePlan } from '../core/plan/example-plan.ts';
import { migrateFrom } from './migrate-from.ts';

const before = `
  insert into releases (id, key, state, plan, go_live_at, created_at, created_by) values
    ('00000000-0000-4000-8000-000000000001', 'web-1', 'approved', '{"product":"Web shop"}', now(), now(), 'slack:U1');`;

it('gives a plan that was stored before what a plan that says nothing gets', async () => {
  const client = await migrateFrom(20, before);
  const { rows } = await client.query('select plan from releases');
  const { teamSize, frequency, riskTolerance, stakeholders, objectives } = examplePlan();
  const { environments, production, timeline, milestones } = examplePlan();
  expect(rows).toEqual([
    {
      plan: {
        product: 'Web shop',
        ...{
          teamSize,
          frequency,
          riskTolerance,
          stakeholders,
          objectives,
          environments,
          production,
          timeline,
          milestones,
        },
      },
    },
  ]);
});
