import { movedCardMessage } from '../../../core/messages/card-message.ts';
import { rolloutCardAddresses } from '../../../core/schedule/derive-schedule.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { loadRollout } from '../../../db/queries/rollouts.ts';
import type { LiveCard } from '../live-card.ts';
import { loadRolloutFacts } from '../parts/load-rollout-facts.ts';
import { rolloutCard } from './rollout-card.ts';

/** The rollout in the release's channel. Its subject is the release. */
export const liveCard: LiveCard = {
  name: 'rollout',
  render: async ({ db, card, now, hasDriver }) => {
    const release = await loadRelease(db, { id: card.subjectId });
    if (!release) return null;
    if (card.leftSince) {
      const places = rolloutCardAddresses(release.plan);
      return movedCardMessage({ releaseKey: release.key, kind: 'rollout', places });
    }
    const rollout = await loadRollout(db, release.id);
    const at = { now, hasDriver: hasDriver(release.plan.rollout.driver) };
    return rolloutCard(release, rollout, now, await loadRolloutFacts(db, { release, rollout }, at));
  },
};
