import * as z from 'zod';
import { promoteRollout } from '../../../services/rollout/promote-rollout.ts';
import { answerRefusal, defineAction, noAnswer } from '../interaction.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'promote',
  /** `trafficPercent` is what the button says: on a card that is out of date it must promote to nothing else. */
  value: releaseValue.extend({ trafficPercent: z.number() }),
  run: async ({ ctx, value: { releaseKey, trafficPercent } }) => {
    const result = await promoteRollout({ ctx, input: { releaseKey, target: trafficPercent } });
    return result.ok ? noAnswer : answerRefusal(result.refusal);
  },
});
