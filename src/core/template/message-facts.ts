import type { Plan } from '../plan/plan.ts';
import { MESSAGE_VARIABLES } from './message-variables.ts';
import type { ReleaseFacts } from './release-facts.ts';
import type { VariableValue } from './variable.ts';

/** The values of the variables. */
export interface MessageFacts {
  /** Undefined when there is no such variable. */
  get(name: string): VariableValue | undefined;
}

/**
 * What a message about a release may say now. Values are as typed by people: literal, never markup. Each
 * is worked out when it is asked for, since calendars are slow and a template uses few of them.
 */
export function messageFacts(plan: Plan, facts: ReleaseFacts): MessageFacts {
  return { get: (name) => MESSAGE_VARIABLES.get(name)?.read(plan, facts) };
}
