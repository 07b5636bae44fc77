import { findRelease } from '../../../services/release/find-release.ts';
import { loadReleaseCard } from '../../cards/answers/load-release-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'show',
  usage: '[release]',
  help: 'a release: what, when, who votes and until when, the phases',
  position: 400,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    return answerCard(await loadReleaseCard(ctx, found.value));
  },
};
