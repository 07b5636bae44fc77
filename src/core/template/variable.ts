import type { Inline } from '../card/inline.ts';
import { inlines, type Line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReleaseFacts } from './release-facts.ts';

/** What a template may say `{{…}}` for. A value that can be empty is `optional`: it needs an `{{#if}}`. */
export interface MessageVariable {
  kind: 'text' | 'list' | 'inline';
  optional: boolean;
  description: string;
  read(plan: Plan, facts: ReleaseFacts): VariableValue;
}

/** A text, a list of lines, or what each platform shows in its own way; empty where nothing is known. */
export type VariableValue = string | readonly Line[] | Phrase;

/** Words between which a time, a person, a channel, a command or a link is named. */
export interface Phrase {
  phrase: readonly Inline[];
}

type Reader<Value> = (plan: Plan, facts: ReleaseFacts) => Value;

export function always(description: string, read: Reader<string>): MessageVariable {
  return { kind: 'text', optional: false, description, read };
}

export function sometimes(description: string, read: Reader<string>): MessageVariable {
  return { kind: 'text', optional: true, description, read };
}

export function list(description: string, read: Reader<Line[]>): MessageVariable {
  return { kind: 'list', optional: true, description, read };
}

/** What is never empty, in words of which each platform shows some in its own way. */
export function phrase(description: string, read: Reader<Line | Inline>): MessageVariable {
  return { kind: 'inline', optional: false, description, read: (plan, facts) => phraseOf(read(plan, facts)) };
}

/** The same, undefined where nothing is known. */
export function phraseIfKnown(description: string, read: Reader<Line | Inline | undefined>): MessageVariable {
  const readPhrase = (plan: Plan, facts: ReleaseFacts) => phraseOf(read(plan, facts) ?? []);
  return { kind: 'inline', optional: true, description, read: readPhrase };
}

function phraseOf(content: Line | Inline): Phrase {
  return { phrase: typeof content === 'object' && 'type' in content ? [content] : inlines(content) };
}

/** An instant (epoch ms) that every reader sees in their own zone. */
export function timeOf({ goLive }: Plan, instant: number): Inline {
  return localDate(instant, goLive.zone);
}
