import { pauseReleaseForm } from '../forms/pause-release.ts';
import type { Subcommand } from '../interaction.ts';
import { openReleaseForm } from '../open-release-form.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'pause',
  usage: '[release]',
  help: 'hold messages, polls and promotions, until a date or until you resume',
  position: 650,
  readsOnly: true,
  run: ({ ctx, words }) =>
    openReleaseForm(ctx, { releaseKey: parseReleaseKey(words), change: 'release.pause' }, pauseReleaseForm),
};
