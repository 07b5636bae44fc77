import * as z from 'zod';
import { settleDelivery } from '../../../services/delivery/settle-delivery.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';

/** The release manager says whether a message arrived of which nobody knew. */
export const action = defineAction({
  name: 'settle-delivery',
  value: z.object({ deliveryId: z.uuid(), arrived: z.boolean() }),
  run: async ({ ctx, value }) => {
    const result = await settleDelivery({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    const { place, arrived, isReplaced } = result.value;
    const follows = isReplaced ? " I can't keep that card up to date, so a new one follows below it." : '';
    return answerSentence(
      arrived ? `Recorded: the message to ${place} arrived.${follows}` : `I'm sending it to ${place} again.`,
    );
  },
});
