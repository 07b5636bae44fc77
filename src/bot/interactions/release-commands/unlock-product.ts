import { unlockProduct } from '../../../services/product-lock/unlock-product.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'unlock',
  usage: '[release]',
  help: 'unlock a product, so that its releases can be promoted, planned and moved again',
  position: 674,
  run: async ({ ctx, words }) => {
    const result = await unlockProduct({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!result.ok) return answerRefusal(result.refusal);
    return answerSentence(`${result.value.product} is unlocked. Its releases can go on.`);
  },
};
