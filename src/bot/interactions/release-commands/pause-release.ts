import { findRelease } from '../../../services/release/find-release.ts';
import { pauseReleaseForm } from '../forms/pause-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'pause',
  usage: '[release]',
  help: 'hold what is to come of a release, until a date or until it is resumed',
  position: 65,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    return found.ok ? answerForm(pauseReleaseForm(found.value)) : answerRefusal(found.refusal);
  },
};
