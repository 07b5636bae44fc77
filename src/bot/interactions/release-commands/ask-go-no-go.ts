import { prepareGoNoGo } from '../../../services/go-no-go/open-poll.ts';
import { askGoNoGoForm, openAlready } from '../forms/ask-go-no-go.ts';
import { answerForm, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'go-no-go',
  usage: '[release]',
  help: 'ask the required roles for the decision, after one confirmation',
  position: 600,
  run: async ({ ctx, words }) => {
    const prepared = await prepareGoNoGo({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!prepared.ok) return answerRefusal(prepared.refusal);
    const { releaseKey, openPollId } = prepared.value;
    if (openPollId !== null) {
      return answerSentence(await openAlready(ctx, { releaseKey, pollId: openPollId }));
    }
    return answerForm(askGoNoGoForm(prepared.value));
  },
};
