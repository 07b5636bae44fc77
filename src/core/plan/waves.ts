import type { Plan } from './plan.ts';

/** The tenants whose turn comes on one day. */
export interface Wave {
  /** From 1. */
  number: number;
  /** Calendar days from go-live, such as `P2D`; at go-live's time of day. */
  offset: string;
  addresses: readonly string[];
}

/**
 * The waves of a plan in order. Where it does not say when, one wave's turn comes a day. A plan without tenants has one
 * wave that reaches nobody, so that it shows.
 */
export function wavesOf({ tenants = [], waves = [] }: Pick<Plan, 'tenants' | 'waves'>): Wave[] {
  const numbers = [...new Set(tenants.map(({ wave }) => wave))].sort((left, right) => left - right);
  return (numbers.length === 0 ? [1] : numbers).map((number) => ({
    number,
    offset: waves[number - 1] ?? `P${number - 1}D`,
    addresses: [...new Set(tenants.flatMap((tenant) => (tenant.wave === number ? tenant.channels : [])))],
  }));
}
