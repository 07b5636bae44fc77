import type { Audience } from './audiences.ts';
import { TENANTS } from './audiences.ts';
import type { Plan } from './plan.ts';

type Places = Pick<Plan, 'channels' | 'tenants'>;

/** Where a plan reaches an audience, as it writes it; none where it says nothing and there is no default. */
export function audienceAddresses({ channels, tenants = [] }: Places, audience: Audience): readonly string[] {
  if (audience !== TENANTS) return channels[audience] ?? [];
  return [...new Set(tenants.flatMap((tenant) => tenant.channels))];
}
