import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { platformName } from '../../../core/messages/account-message.ts';
import { declineAccount } from '../../../services/people/decline-account.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { accountValue } from '../values.ts';

/** Somebody says that an account is not theirs. */
export const action = defineAction({
  name: 'decline-account',
  value: accountValue,
  run: async ({ ctx, value }) => {
    const result = await declineAccount({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    const where = platformName(value.platform);
    return answerSentence(
      line`Noted: the account on ${where} is not yours, and has none of your rights. If you change your mind: ${command('release', 'me')}.`,
    );
  },
});
