import { editReleaseForm } from '../forms/edit-release.ts';
import type { Subcommand } from '../interaction.ts';
import { openReleaseForm } from '../open-release-form.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'edit',
  usage: '[release]',
  help: 'change what a release is and contains, before its rollout',
  position: 610,
  readsOnly: true,
  run: ({ ctx, words }) =>
    openReleaseForm(ctx, { releaseKey: parseReleaseKey(words), change: 'release.edit' }, editReleaseForm),
};
