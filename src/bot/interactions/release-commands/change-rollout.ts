import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { prepareAbort } from '../../../services/rollout/abort-rollout.ts';
import { preparePause, resumeRollout } from '../../../services/rollout/pause-rollout.ts';
import { retryOperation } from '../../../services/rollout/retry-operation.ts';
import { abortRolloutForm } from '../forms/abort-rollout.ts';
import { pauseRolloutForm } from '../forms/pause-rollout.ts';
import { type Answer, answerForm, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { resumedSentence, retriedSentence } from '../rollout-answers.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';
import { splitWords, withoutFirst } from '../words/split-words.ts';

export const subcommand: Subcommand = {
  name: 'rollout',
  usage: '[pause | resume | abort | retry] [release]',
  help: 'keep a rollout where it is, let it go on, take its traffic back without a rollback, try again what failed',
  position: 688,
  run: ({ ctx, words }) => {
    const [act = ''] = splitWords(words);
    return answerTo(ctx, act.toLowerCase(), parseReleaseKey(withoutFirst(words)));
  },
};

async function answerTo(ctx: Ctx, act: string, releaseKey: string | null): Promise<Answer> {
  const input = { releaseKey };
  switch (act) {
    case 'pause': {
      const prepared = await preparePause({ ctx, input });
      return prepared.ok ? answerForm(pauseRolloutForm(prepared.value, '')) : answerRefusal(prepared.refusal);
    }
    case 'abort': {
      const prepared = await prepareAbort({ ctx, input });
      return prepared.ok ? answerForm(abortRolloutForm(prepared.value, '')) : answerRefusal(prepared.refusal);
    }
    case 'resume': {
      const result = await resumeRollout({ ctx, input });
      return result.ok ? answerSentence(resumedSentence(result.value)) : answerRefusal(result.refusal);
    }
    case 'retry': {
      const result = await retryOperation({ ctx, input });
      return result.ok ? answerSentence(retriedSentence(result.value)) : answerRefusal(result.refusal);
    }
    default: {
      const [pause, resume] = [command('release', 'rollout pause'), command('release', 'rollout resume')];
      const [abort, retry] = [command('release', 'rollout abort'), command('release', 'rollout retry')];
      return answerSentence(
        line`Say what to do with the rollout: ${pause} keeps it where it is, ${resume} lets it go on, ${abort} takes its traffic back without rolling the release back, ${retry} tries again what failed last.`,
      );
    }
  }
}
