import * as z from 'zod';
import { defineAction } from '../interaction.ts';
import { subcommand } from '../release-commands/freeze.ts';

/** The button is the command as one clicks it. */
export const action = defineAction({
  name: 'freeze-now',
  readsOnly: true,
  opensForm: true,
  value: z.object({}),
  run: ({ ctx }) => subcommand.run({ ctx, words: 'now', commands: [] }),
});
