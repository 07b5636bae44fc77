import { readPrunedAt } from '../../../db/queries/schedule.ts';
import { listHolders } from '../../../services/corrections/list-holders.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { whoKnowsCard } from '../../cards/answers/who-knows-card.ts';
import { explainPruned } from '../explain-pruned.ts';
import { answerCard, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'who-knows',
  usage: '[release]',
  help: 'who was told what and when, and what is now out of date',
  position: 690,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const holders = await listHolders(ctx, found.value);
    const prunedAt = holders.length === 0 ? await readPrunedAt(ctx.db, found.value.id) : null;
    return prunedAt === null
      ? answerCard(whoKnowsCard(found.value, holders))
      : answerSentence(explainPruned(found.value, prunedAt));
  },
};
