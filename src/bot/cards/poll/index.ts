import { movedCardMessage } from '../../../core/messages/card-message.ts';
import type { LiveCard } from '../live-card.ts';
import { loadPoll } from '../parts/load-poll.ts';
import { pollCard } from './poll-card.ts';

/** A go/no-go poll in the release's channel. Its subject is the poll. */
export const liveCard: LiveCard = {
  name: 'poll',
  render: async ({ db, card }) => {
    const found = await loadPoll(db, card.subjectId);
    if (!found) return null;
    const { release, poll } = found;
    if (!card.leftSince) return pollCard(release, poll, card.reader);
    return movedCardMessage({
      releaseKey: release.key,
      kind: 'poll',
      places: release.plan.channels.release,
    });
  },
};
