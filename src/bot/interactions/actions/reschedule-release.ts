import { defineAction } from '../interaction.ts';
import { subcommand } from '../release-commands/reschedule-release.ts';
import { releaseValue } from '../values.ts';

/** The button is the command as one clicks it. */
export const action = defineAction({
  name: 'reschedule-release',
  readsOnly: true,
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) => subcommand.run({ ctx, words: releaseKey, commands: [] }),
});
