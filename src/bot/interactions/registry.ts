import { allActions } from './actions/all-actions.generated.ts';
import { allCommands } from './commands/all-commands.generated.ts';
import { allForms } from './forms/all-forms.generated.ts';
import type { Action, Command, FormHandler, OfferedCommand } from './interaction.ts';

/** What buttons do, by their action. */
export const actions: ReadonlyMap<string, Action> = byName<Action>(allActions);

/** What happens to submitted forms, by their name. */
export const forms: ReadonlyMap<string, FormHandler> = byName<FormHandler>(allForms);

/** The commands that people type, in the order of the help; so are the subcommands in each. */
export const commands: readonly Command[] = inOrder<Command>(allCommands).map((command) =>
  'subcommands' in command ? { ...command, subcommands: inOrder(command.subcommands) } : command,
);

function byName<Entry extends { name: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function inOrder<Entry extends Pick<OfferedCommand, 'position'>>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => one.position - other.position);
}
