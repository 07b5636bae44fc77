import type { Plan } from '../../core/plan/plan.ts';
import { renameAddresses } from '../../core/plan/rename-addresses.ts';
import type { Ctx } from '../kernel/context.ts';
import { type FoundAddress, lookUpAddresses } from './look-up-addresses.ts';
import { type FoundPerson, lookUpPeople } from './look-up-people.ts';

/** A plan's people and channels as the chat platforms know them. */
export interface PlanDirectory {
  /** With the names of channels in place of their ids, for people to read. */
  plan: Plan;
  people: FoundPerson[];
  destinations: FoundAddress[];
  /** Who or what was not found, in sentences. */
  problems: string[];
}

/**
 * Finds everyone whom a plan names, and every channel to which it sends something. Everything that is missing is
 * reported at once.
 */
export async function lookUpPlan(
  ctx: Pick<Ctx, 'channels' | 'directories' | 'actor'>,
  plan: Plan,
): Promise<PlanDirectory> {
  const [people, addresses] = await Promise.all([lookUpPeople(ctx, plan), lookUpAddresses(ctx, plan)]);
  return {
    plan: renameAddresses(plan, addresses.names),
    people: people.people,
    destinations: addresses.destinations,
    problems: [...people.problems, ...addresses.problems],
  };
}
