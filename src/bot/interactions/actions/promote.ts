import * as z from 'zod';
import { isRolloutShown } from '../../../db/queries/is-rollout-shown.ts';
import { promoteRollout } from '../../../services/rollout/promote-rollout.ts';
import { answerRefusal, answerSentence, defineAction, noAnswer } from '../interaction.ts';
import { promotionAnswer } from '../promotion-answer.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'promote',
  /** `trafficPercent` is what the button says: on a card that is out of date it must promote to nothing else. */
  value: releaseValue.extend({ trafficPercent: z.number() }),
  run: async ({ ctx, value: { releaseKey, trafficPercent } }) => {
    const result = await promoteRollout({ ctx, input: { releaseKey, target: trafficPercent } });
    if (!result.ok) return answerRefusal(result.refusal);
    // The card that changes is answer enough, if there is one.
    const isTaken = result.value.awaits === null;
    if (isTaken && (await isRolloutShown(ctx.db, result.value.releaseKey))) return noAnswer;
    return answerSentence(promotionAnswer(result.value, { isShown: false }));
  },
});
