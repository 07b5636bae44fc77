import { defineAction } from '../interaction.ts';
import { subcommand } from '../release-commands/sign-off.ts';
import { releaseValue } from '../values.ts';

/** The button is the command as one clicks it. */
export const action = defineAction({
  name: 'sign-off',
  readsOnly: true,
  opensForm: true,
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) => subcommand.run({ ctx, words: releaseKey, commands: [] }),
});
