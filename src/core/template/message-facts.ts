import type { Plan } from '../plan/plan.ts';
import { MESSAGE_VARIABLES, type ReleaseFacts } from './message-variables.ts';

/** The value of every variable, by name: text, or a list of texts. Empty where nothing is known. */
export type MessageFacts = ReadonlyMap<string, string | readonly string[]>;

/** What a message about a release may say now. Values are as typed by people: literal, never markup. */
export function messageFacts(plan: Plan, facts: ReleaseFacts): MessageFacts {
  const entries = [...MESSAGE_VARIABLES].map(
    ([name, variable]) => [name, variable.read(plan, facts)] as const,
  );
  return new Map(entries);
}
