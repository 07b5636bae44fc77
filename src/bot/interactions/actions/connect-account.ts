import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { platformName } from '../../../core/messages/account-message.ts';
import { connectAccount } from '../../../services/people/connect-account.ts';
import { answerRefusal, answerSentence, defineAction } from '../interaction.ts';
import { accountValue } from '../values.ts';

/** Somebody says that an account on another platform is theirs, too. */
export const action = defineAction({
  name: 'connect-account',
  value: accountValue,
  run: async ({ ctx, value }) => {
    const result = await connectAccount({ ctx, input: value });
    if (!result.ok) return answerRefusal(result.refusal);
    const where = platformName(value.platform);
    const me = command('release', 'me');
    return answerSentence(
      result.value.isConnected
        ? line`Connected: you are one person here and on ${where}. What you may do, and how to undo this: ${me}.`
        : line`Noted. Now say the same on ${where}: answer my message there, or use ${me}. Until then, nothing changes.`,
    );
  },
});
