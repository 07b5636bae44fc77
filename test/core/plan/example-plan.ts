import { type Plan, type PlanInput, planSchema } from '../../../src/core/plan/plan.ts';

/** The least that a plan needs, as YAML of fifteen lines. */
export const SMALLEST_PLAN = `release: web-2.4.0
product: Web shop
version: "2.4.0"
summary: Checkout takes two steps instead of four.
goLive: { date: 2030-06-18, time: "10:00", zone: Europe/Amsterdam }
roles:
  release_manager: { name: Rita Moreno, email: rita@example.com }
  engineering_lead: { name: Emil Novak, email: emil@example.com }
  qa_lead: { name: Quinn Abara, email: quinn@example.com }
  devops_lead: { name: Dana Fischer, email: dana@example.com }
  product_owner: { name: Priya Raman, email: priya@example.com }
  security_lead: { name: Sam Okoye, email: sam@example.com }
`;

const input: PlanInput = {
  release: 'web-2.4.0',
  product: 'Web shop',
  version: '2.4.0',
  summary: 'Checkout takes two steps instead of four.',
  goLive: { date: '2030-06-18', time: '10:00', zone: 'Europe/Amsterdam' },
  roles: {
    release_manager: { name: 'Rita Moreno', email: 'rita@example.com' },
    engineering_lead: { name: 'Emil Novak', email: 'emil@example.com' },
    qa_lead: { name: 'Quinn Abara', email: 'quinn@example.com' },
    devops_lead: { name: 'Dana Fischer', email: 'dana@example.com' },
    product_owner: { name: 'Priya Raman', email: 'priya@example.com' },
    security_lead: { name: 'Sam Okoye', email: 'sam@example.com' },
  },
  // Its phases are known by heart in many tests; what a plan gets without one is in `rollout-presets.test.ts`.
  rollout: { preset: 'staged' },
};

/** A valid plan, the given fields changed. */
export function examplePlan(changes: Partial<PlanInput> = {}): Plan {
  return planSchema.parse({ ...input, ...changes });
}
