import { prepareDisarm } from '../../../services/rollout/disarm-rollback.ts';
import { disarmRollbackForm } from '../forms/disarm-rollback.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'disarm',
  usage: '[release]',
  help: 'switch the automatic rollback off for a while, with a reason',
  position: 692,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const prepared = await prepareDisarm({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!prepared.ok) return answerRefusal(prepared.refusal);
    return answerForm(disarmRollbackForm(prepared.value, ctx.clock.now()));
  },
};
