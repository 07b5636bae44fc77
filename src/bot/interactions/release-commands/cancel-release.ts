import { cancelReleaseForm } from '../forms/cancel-release.ts';
import type { Subcommand } from '../interaction.ts';
import { openReleaseForm } from '../open-release-form.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'cancel',
  usage: '[release]',
  help: 'cancel a release before its rollout, with a reason, and announce it',
  position: 640,
  readsOnly: true,
  run: ({ ctx, words }) =>
    openReleaseForm(ctx, { releaseKey: parseReleaseKey(words), change: 'release.cancel' }, cancelReleaseForm),
};
