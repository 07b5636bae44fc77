import { prepareAbort } from '../../../services/rollout/abort-rollout.ts';
import { abortRolloutForm } from '../forms/abort-rollout.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'abort-rollout',
  readsOnly: true,
  opensForm: true,
  value: releaseValue,
  run: async ({ ctx, value: { releaseKey } }) => {
    const prepared = await prepareAbort({ ctx, input: { releaseKey } });
    return prepared.ok ? answerForm(abortRolloutForm(prepared.value, '')) : answerRefusal(prepared.refusal);
  },
});
