import { findChangeRequests } from '../../../db/queries/changes.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { findRecords } from '../../../db/queries/rollouts.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { releaseCard } from '../../cards/answers/release-card.ts';
import { findShownFreeze, findShownLock } from '../../cards/parts/load-rollout-view.ts';
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
    const { id } = found.value;
    const [poll, records, changes] = await Promise.all([
      latestPoll(ctx.db, id),
      findRecords(ctx.db, [id]),
      findChangeRequests(ctx.db, id, 'open'),
    ]);
    const frozen = await findShownFreeze(ctx.db, found.value, { now: ctx.clock.now(), freezes: ctx.freezes });
    const locked = await findShownLock(ctx.db, found.value);
    return answerCard(releaseCard(found.value, poll, { record: records.get(id), frozen, locked, changes }));
  },
};
