import { unfollowRelease } from '../../../services/follow/follow-release.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'unfollow',
  usage: '[release]',
  help: 'stop following a release',
  position: 570,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const result = await unfollowRelease({ ctx, input: { releaseKey: found.value.key } });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`You no longer follow ${result.value.releaseKey}.`);
  },
};
