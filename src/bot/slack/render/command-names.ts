import type { Card } from '../../../core/card/card.ts';
import type { Form, FormOutcome } from '../../../core/card/form.ts';

/** What a command is called in this workspace, by the name that tminus gives it; both without the slash. */
export type CommandNames = Readonly<Record<string, string | undefined>>;

/** The same card or form with every command in it under the name that people type. */
export function nameCommands<Shown extends Card | Form | FormOutcome>(
  shown: Shown,
  names: CommandNames,
): Shown {
  return Object.keys(names).length === 0 ? shown : (renamed(shown, names) as Shown);
}

/** The command that was typed, by the name that tminus gives it. */
export function commandTyped(typed: string, names: CommandNames): string {
  const word = typed.replace(/^\//, '');
  return Object.keys(names).find((name) => names[name] === word) ?? word;
}

/** Cards and forms are plain data: wherever a command stands in them, it is an object of this type. */
function renamed(value: unknown, names: CommandNames): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed(each, names)]));
  const { type, command } = copy;
  if (type !== 'command' || typeof command !== 'string') return copy;
  return { ...copy, command: names[command] ?? command };
}
