import { findDrafts } from '../../../db/queries/drafts.ts';
import { loadSchedule, readPrunedAt } from '../../../db/queries/schedule.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { scheduleCard } from '../../cards/answers/schedule-card.ts';
import { loadUnsettled } from '../../cards/parts/unsettled.ts';
import { explainPruned } from '../explain-pruned.ts';
import { answerCard, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseSchedule } from '../words/parse-schedule.ts';

export const subcommand: Subcommand = {
  name: 'schedule',
  usage: '[release] [T-7 | setbacks]',
  help: 'every message: sent, coming, withheld',
  position: 500,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const { key, part } = parseSchedule(words);
    const found = await findRelease(ctx, key);
    if (!found.ok) return answerRefusal(found.refusal);
    const schedule = await loadSchedule(ctx.db, found.value.id);
    const prunedAt = schedule.length === 0 ? await readPrunedAt(ctx.db, found.value.id) : null;
    const unsettled = await loadUnsettled(ctx.db, [found.value]);
    const drafts = await findDrafts(ctx.db, [found.value.id]);
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    return prunedAt === null
      ? answerCard(scheduleCard(found.value, schedule, { part, unsettled, personId, drafts }))
      : answerSentence(explainPruned(found.value, prunedAt));
  },
};
