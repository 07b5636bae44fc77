import { resumeRelease } from '../../../services/lifecycle/resume-release.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'resume',
  usage: '[release]',
  help: 'resume a paused release',
  position: 660,
  run: async ({ ctx, words }) => {
    const result = await resumeRelease({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!result.ok) return answerRefusal(result.refusal);
    const { releaseKey, overdue } = result.value;
    const due = overdue === 0 ? '' : ' What came due during the pause happens now.';
    return answerSentence(`${releaseKey} is resumed.${due}`);
  },
};
