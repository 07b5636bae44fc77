import { resumeRelease } from '../../../services/lifecycle/resume-release.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'resume',
  usage: '[release]',
  help: 'let a paused release go on',
  position: 66,
  run: async ({ ctx, words }) => {
    const result = await resumeRelease({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!result.ok) return answerRefusal(result.refusal);
    const { releaseKey, overdue } = result.value;
    const due = overdue === 0 ? '' : ' What has become due meanwhile is done now.';
    return answerSentence(`${releaseKey} goes on.${due}`);
  },
};
