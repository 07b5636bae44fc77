import { findRelease } from '../../../services/release/find-release.ts';
import { explainCard } from '../../cards/answers/explain-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'explain',
  usage: '[release]',
  help: 'which values in its plan are defaults, and which are derived from others',
  position: 530,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    return found.ok ? answerCard(explainCard(found.value.plan, ctx.products)) : answerRefusal(found.refusal);
  },
};
