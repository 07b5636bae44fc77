import { loadRollout } from '../../../db/queries/rollouts.ts';
import { findTasks } from '../../../db/queries/tasks.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { incidentCard } from '../../cards/answers/incident-card.ts';
import { findShownLock } from '../../cards/parts/load-rollout-view.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'incident',
  usage: '[release]',
  help: 'the record of a rollback: how far it had come, why, what was done, what is left to do',
  position: 702,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const release = found.value;
    const [rollout, tasks, locked] = await Promise.all([
      loadRollout(ctx.db, release.id),
      findTasks(ctx.db, [release.id]),
      findShownLock(ctx.db, release),
    ]);
    return answerCard(incidentCard(release, rollout, { tasks, locked }));
  },
};
