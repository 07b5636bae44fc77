import { platformName } from '../../../core/messages/account-message.ts';
import { disconnectAccount } from '../../../services/people/disconnect-account.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { accountValue } from '../values.ts';

/** Somebody undoes that two accounts are one person. */
export const action = defineAction({
  name: 'disconnect-account',
  value: accountValue,
  run: async ({ ctx, value }) => {
    const result = await disconnectAccount({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    const where = platformName(value.platform);
    return answerSentence(`The account on ${where} is disconnected: it no longer has your roles.`);
  },
});
