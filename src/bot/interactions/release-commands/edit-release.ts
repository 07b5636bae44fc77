import { findRelease } from '../../../services/release/find-release.ts';
import { editReleaseForm } from '../forms/edit-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'edit',
  usage: '[release]',
  help: 'change what a release is and contains, before its rollout',
  position: 61,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    return found.ok ? answerForm(editReleaseForm(found.value)) : answerRefusal(found.refusal);
  },
};
