import { mayCreateRelease } from '../../../services/release/may-create-release.ts';
import { importReleaseForm } from '../forms/import-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { openReleaseForm } from '../open-release-form.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'import',
  usage: '[release]',
  help: 'plan a release from YAML; with a key, change the plan of that release',
  position: 200,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const releaseKey = parseReleaseKey(words);
    if (releaseKey !== null) {
      return openReleaseForm(ctx, { releaseKey, change: 'release.edit' }, importReleaseForm);
    }
    const allowed = await mayCreateRelease({ ctx, input: {} });
    return allowed.ok ? answerForm(importReleaseForm()) : answerRefusal(allowed.refusal);
  },
};
