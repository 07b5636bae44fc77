import { platformName } from '../../../core/messages/account-message.ts';
import { preferAccount } from '../../../services/people/prefer-account.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { accountValue } from '../values.ts';

/** Somebody says where they want to get their direct messages. */
export const action = defineAction({
  name: 'prefer-account',
  value: accountValue,
  run: async ({ ctx, value }) => {
    const result = await preferAccount({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`From now on I'll write to you on ${platformName(value.platform)}.`);
  },
});
