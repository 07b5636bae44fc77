import { createRegistry } from '../../lib/create-registry.ts';
import { allActions } from './actions/all-actions.generated.ts';
import { allCommands } from './commands/all-commands.generated.ts';
import { allForms } from './forms/all-forms.generated.ts';
import type { Action, Command, FormHandler, OfferedCommand, Shortcut } from './interaction.ts';
import { allShortcuts } from './shortcuts/all-shortcuts.generated.ts';

/** What buttons do, by their action. */
export const actions = createRegistry<Action>(allActions);

/** What happens to submitted forms, by their name. */
export const forms = createRegistry<FormHandler>(allForms);

/** What people can do with a message, by name. */
export const shortcuts = createRegistry<Shortcut>(allShortcuts);

/** The commands that people type, in the order of the help; so are the subcommands in each. */
export const commands: readonly Command[] = inOrder<Command>(allCommands).map((command) =>
  'subcommands' in command ? { ...command, subcommands: inOrder(command.subcommands) } : command,
);

function inOrder<Entry extends Pick<OfferedCommand, 'name' | 'position'>>(
  entries: readonly Entry[],
): Entry[] {
  return createRegistry(entries).entries.toSorted((one, other) => one.position - other.position);
}
