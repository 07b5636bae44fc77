import { capitalize } from '../../../lib/capitalize.ts';
import type { OfferedCommand } from '../../interactions/interaction.ts';
import { commands } from '../../interactions/registry.ts';
import type { TeamsManifest } from './manifest-schema.ts';

/** So many Teams shows in a list. */
export const maxCommands = 12;

/** What is typed most; the help has the others. */
const typedMost: readonly string[] = [
  'promote',
  'rollback',
  'release new',
  'release list',
  'release show',
  'release schedule',
  'release follow',
  'release go-no-go',
  'release pause',
  'release status',
  'release me',
  'release help',
];

interface ListedCommand {
  title: string;
  description: string;
}

/** The commands that Teams offers while a person types, first those that act at once; the same as in the help. */
export function listedCommands(): ListedCommand[] {
  const all = [...commands].toSorted(
    (one, other) => Number('subcommands' in one) - Number('subcommands' in other),
  );
  return all
    .flatMap((command) =>
      'subcommands' in command
        ? command.subcommands.map((sub) => listed(`${command.name} ${sub.name}`, sub))
        : [listed(command.name, command)],
    )
    .filter(({ title }) => typedMost.includes(title));
}

function listed(title: string, { help, usage }: Pick<OfferedCommand, 'help' | 'usage'>): ListedCommand {
  return { title, description: usage === '' ? capitalize(help) : `${capitalize(help)}: ${usage}` };
}

/** A list for each scope, as Teams wants it. `slash`: they are offered after a slash, too. */
export function commandLists({ slash }: { slash: boolean }): TeamsManifest['bots'][number]['commandLists'] {
  const scopes = ['team', 'personal'] as const;
  return scopes.map((scope) => ({
    ...(slash ? { triggers: ['mention' as const, 'slash' as const] } : {}),
    scopes: [scope],
    commands: listedCommands(),
  }));
}
