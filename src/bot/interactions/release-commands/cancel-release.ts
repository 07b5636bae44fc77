import { findRelease } from '../../../services/release/find-release.ts';
import { cancelReleaseForm } from '../forms/cancel-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'cancel',
  usage: '[release]',
  help: 'end a release before its rollout, with a reason; everyone who was told is told',
  position: 64,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    return found.ok ? answerForm(cancelReleaseForm(found.value)) : answerRefusal(found.refusal);
  },
};
