import type { Plan } from '../../../src/core/plan/plan.ts';
import { type RequestedChange, requestChange } from '../../../src/services/changes/request-change.ts';
import type { PersonName, World } from '../../support/test-services.ts';
import { accepted } from '../steps.ts';

/** A fix that somebody wants to have in the example release, whose code is frozen. */
export const lateFix = {
  kind: 'add',
  list: 'fixes',
  entry: 'The cart keeps its items after a login',
  reason: 'Two customers have lost their carts.',
} as const;

/** Asks for it. */
export async function askForChange(world: World, person: PersonName = 'quinn'): Promise<RequestedChange> {
  const input = { releaseKey: 'web-2.4.0', ...lateFix };
  return accepted(await requestChange({ ctx: world.as(person), input }));
}

/** The plan with a code freeze that is over only after go-live, so that its scope can be edited. */
export function unfrozen(plan: Plan): Plan {
  const { change, ...milestones } = plan.milestones;
  return { ...plan, milestones: { ...milestones, change: { ...change, 'code-freeze': { offset: 'P1D' } } } };
}
