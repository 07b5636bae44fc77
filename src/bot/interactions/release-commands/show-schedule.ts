import { loadSchedule } from '../../../db/queries/schedule.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { scheduleCard } from '../../cards/answers/release-cards.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
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
    return answerCard(scheduleCard(found.value, await loadSchedule(ctx.db, found.value.id)));
  },
};
