import { preparePause } from '../../../services/rollout/pause-rollout.ts';
import { pauseRolloutForm } from '../forms/pause-rollout.ts';
import { answerForm, answerRefusal, defineAction } from '../interaction.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'pause-rollout',
  readsOnly: true,
  opensForm: true,
  value: releaseValue,
  run: async ({ ctx, value: { releaseKey } }) => {
    const prepared = await preparePause({ ctx, input: { releaseKey } });
    return prepared.ok ? answerForm(pauseRolloutForm(prepared.value, '')) : answerRefusal(prepared.refusal);
  },
});
