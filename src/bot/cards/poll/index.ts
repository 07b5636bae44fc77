import { movedCardMessage } from '../../../core/messages/card-message.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import type { LiveCard } from '../live-card.ts';
import { loadPoll } from '../parts/load-poll.ts';
import { withUnsettled } from '../parts/unsettled.ts';
import { pollCard } from './poll-card.ts';

/** A go/no-go poll in the release's channel. Its subject is the poll. */
export const liveCard: LiveCard = {
  name: 'poll',
  render: async ({ db, card }) => {
    const found = await loadPoll(db, card.subjectId);
    if (!found) return null;
    const { release, poll } = found;
    if (!card.leftSince) {
      const latest = poll.state === 'open' ? poll : await latestPoll(db, release.id);
      const isLatest = latest?.id === poll.id;
      const shown = pollCard(release, poll, { isLatest, reader: card.reader ?? null });
      // What is over is not drawn again for the sake of something else.
      return isLatest ? withUnsettled(db, release, shown) : shown;
    }
    return movedCardMessage({
      releaseKey: release.key,
      kind: 'poll',
      places: release.plan.channels.release,
    });
  },
};
