import { defineAction } from '../interaction.ts';
import { subcommand } from '../release-commands/unfollow-release.ts';
import { releaseValue } from '../values.ts';

/** The button is the command as one clicks it. */
export const action = defineAction({
  name: 'unfollow-release',
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) => subcommand.run({ ctx, words: releaseKey, commands: [] }),
});
