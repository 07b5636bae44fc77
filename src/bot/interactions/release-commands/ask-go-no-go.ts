import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { isPollShown } from '../../../db/queries/is-rollout-shown.ts';
import { askGoNoGo } from '../../../services/go-no-go/open-poll.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'go-no-go',
  usage: '[release]',
  help: 'ask the required roles for the decision',
  position: 60,
  run: async ({ ctx, words }) => {
    const asked = await askGoNoGo({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!asked.ok) return answerRefusal(asked.refusal);
    const { pollId, releaseKey, opened, goStands } = asked.value;
    if (!opened) {
      const where = (await isPollShown(ctx.db, pollId))
        ? "its card is in the release's channel"
        : line`see it with ${command('release', `show ${releaseKey}`)}`;
      return answerSentence(line`The go/no-go for ${releaseKey} is already open; ${where}.`);
    }
    const standing = goStands
      ? ' The release already has a go: a no-go takes it back, a missing vote does not. The rollout waits until the poll closes.'
      : '';
    return answerSentence(
      `The go/no-go for ${releaseKey} is open. I've asked every required role by direct message.${standing}`,
    );
  },
};
