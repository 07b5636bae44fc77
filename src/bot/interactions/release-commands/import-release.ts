import { mayCreateRelease } from '../../../services/release/may-create-release.ts';
import { importReleaseForm } from '../forms/import-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'import',
  usage: '',
  help: 'plan a release from YAML',
  position: 20,
  readsOnly: true,
  run: async ({ ctx }) => {
    const allowed = await mayCreateRelease({ ctx, input: {} });
    return allowed.ok ? answerForm(importReleaseForm()) : answerRefusal(allowed.refusal);
  },
};
