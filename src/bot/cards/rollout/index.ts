import { movedCardMessage } from '../../../core/messages/card-message.ts';
import { rolloutCardAddresses } from '../../../core/schedule/derive-schedule.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import type { LiveCard } from '../live-card.ts';
import { loadRolloutView } from '../parts/load-rollout-view.ts';
import { withUnsettled } from '../parts/unsettled.ts';
import { rolloutCard } from './rollout-card.ts';

/** The rollout in the release's channel. Its subject is the release. */
export const liveCard: LiveCard = {
  name: 'rollout',
  render: async ({ db, card, now, hasDriver, freezes }) => {
    const release = await loadRelease(db, { id: card.subjectId });
    if (!release) return null;
    if (card.leftSince) {
      const places = rolloutCardAddresses(release.plan);
      return movedCardMessage({ releaseKey: release.key, kind: 'rollout', places });
    }
    const { rollout, facts } = await loadRolloutView(db, release, { now, hasDriver, freezes });
    return withUnsettled(db, release, rolloutCard(release, rollout, now, facts));
  },
};
