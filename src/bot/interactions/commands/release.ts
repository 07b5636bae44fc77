import type { Command } from '../interaction.ts';
import { allReleaseCommands } from '../release-commands/all-release-commands.generated.ts';

export const command: Command = {
  name: 'release',
  description: 'Plan and follow releases',
  help: 'plan and follow releases',
  position: 10,
  subcommands: allReleaseCommands,
};
