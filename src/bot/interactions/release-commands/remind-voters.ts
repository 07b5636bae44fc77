import { remindOnRequest } from '../../../services/go-no-go/remind-on-request.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { remindedSentence } from '../reminded-sentence.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'remind',
  usage: '[release]',
  help: "remind those who haven't voted in the open poll",
  position: 590,
  run: async ({ ctx, words }) => {
    const result = await remindOnRequest({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    return result.ok ? answerSentence(remindedSentence(result.value)) : answerRefusal(result.refusal);
  },
};
