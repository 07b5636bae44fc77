import { defineAction } from '../interaction.ts';
import { subcommand } from '../release-commands/ask-go-no-go.ts';
import { releaseValue } from '../values.ts';

/** The button is the command as one clicks it. */
export const action = defineAction({
  name: 'ask-again',
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) => subcommand.run({ ctx, words: releaseKey, commands: [] }),
});
