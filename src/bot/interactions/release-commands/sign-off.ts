import { prepareSignOff } from '../../../services/go-no-go/sign-off.ts';
import { signOffForm } from '../forms/sign-off.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'sign-off',
  usage: '[release]',
  help: 'sign the go of a release off, as its release manager or business sponsor',
  position: 606,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const prepared = await prepareSignOff({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    return prepared.ok ? answerForm(signOffForm(prepared.value)) : answerRefusal(prepared.refusal);
  },
};
