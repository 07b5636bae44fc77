import { unfollowedCard } from '../../../core/messages/followed-message.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import type { LiveCard } from '../live-card.ts';
import { loadRolloutView } from '../parts/load-rollout-view.ts';
import { releaseName } from '../parts/release-name.ts';
import { followedCard } from './followed-card.ts';

/** A release in the direct messages of somebody who follows it. Its subject is the release. */
export const liveCard: LiveCard = {
  name: 'followed',
  render: async ({ db, card, now, hasDriver, freezes }) => {
    const release = await loadRelease(db, { id: card.subjectId });
    if (!release) return null;
    if (card.leftSince) return unfollowedCard({ releaseKey: release.key, title: releaseName(release) });
    const { rollout, facts } = await loadRolloutView(db, release, { now, hasDriver, freezes });
    return followedCard(release, rollout, now, facts);
  },
};
