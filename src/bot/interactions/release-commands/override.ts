import { prepareOverride } from '../../../services/go-no-go/override-decision.ts';
import { overrideForm } from '../forms/override-decision.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'override',
  usage: '[release]',
  help: 'give a go against the votes, with a reason that everybody sees',
  position: 604,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const prepared = await prepareOverride({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    return prepared.ok ? answerForm(overrideForm(prepared.value)) : answerRefusal(prepared.refusal);
  },
};
