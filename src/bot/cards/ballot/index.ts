import { collectEvidence } from '../../../services/go-no-go/collect-evidence.ts';
import { personAt } from '../../../services/kernel/person-destination.ts';
import type { LiveCard } from '../live-card.ts';
import { loadPoll } from '../parts/load-poll.ts';
import { ballotCard } from './ballot-card.ts';

/** A poll in the direct messages of one of its voters. Its subject is the poll. */
export const liveCard: LiveCard = {
  name: 'ballot',
  render: async ({ db, card, now }) => {
    const found = await loadPoll(db, card.subjectId);
    if (!found) return null;
    const { release, poll } = found;
    const personId = personAt(release, card.destination)?.personId ?? null;
    const evidence = poll.state === 'open' ? await collectEvidence(db, release, now) : null;
    return ballotCard(release, poll, personId, { evidence });
  },
};
