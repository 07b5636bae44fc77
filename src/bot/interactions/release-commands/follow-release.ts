import { followRelease } from '../../../services/follow/follow-release.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'follow',
  usage: '[release]',
  help: 'get a live card of a release and its news by direct message',
  position: 560,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const result = await followRelease({ ctx, input: { releaseKey: found.value.key } });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(
      `You follow ${result.value.releaseKey} now. Its card is in your direct messages, and I'll tell you when it's approved, starts, is live, moves, is rolled back or cancelled.`,
    );
  },
};
