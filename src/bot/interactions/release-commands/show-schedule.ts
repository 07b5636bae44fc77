import { loadSchedule, readPrunedAt } from '../../../db/queries/schedule.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { scheduleCard } from '../../cards/answers/schedule-card.ts';
import { explainPruned } from '../explain-pruned.ts';
import { answerCard, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'schedule',
  usage: '[release]',
  help: 'every message: sent, coming, withheld',
  position: 50,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const schedule = await loadSchedule(ctx.db, found.value.id);
    const prunedAt = schedule.length === 0 ? await readPrunedAt(ctx.db, found.value.id) : null;
    return prunedAt === null
      ? answerCard(scheduleCard(found.value, schedule))
      : answerSentence(explainPruned(found.value, prunedAt));
  },
};
