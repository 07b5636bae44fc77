import { forecastOf } from '../../../services/forecast/forecast-of.ts';
import { readinessOf } from '../../../services/readiness/readiness-of.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { readinessCard } from '../../cards/answers/readiness-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'readiness',
  usage: '[release]',
  help: 'whether it is ready: the gates, checklists and milestones that block it, whose they are, and since when; and how likely go-live is to hold',
  position: 457,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const now = ctx.clock.now();
    const [readiness, forecast] = await Promise.all([
      readinessOf(ctx.db, found.value, now),
      forecastOf(ctx.db, found.value, now),
    ]);
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    return answerCard(readinessCard(found.value, readiness, { personId, forecast }));
  },
};
