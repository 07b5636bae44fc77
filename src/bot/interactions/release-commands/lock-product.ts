import { prepareLock } from '../../../services/product-lock/lock-product.ts';
import { lockProductForm } from '../forms/lock-product.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'lock',
  usage: '[release]',
  help: 'lock a product so that nothing of it goes live, or change reason and owner of its lock',
  position: 672,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const prepared = await prepareLock({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    return prepared.ok ? answerForm(lockProductForm(prepared.value)) : answerRefusal(prepared.refusal);
  },
};
