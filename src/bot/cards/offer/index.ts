import { eq } from 'drizzle-orm';
import type { Button } from '../../../core/card/card.ts';
import { withOfferedButtons } from '../../../core/card/offered-buttons.ts';
import { loadRelease, type Release } from '../../../db/queries/load-release.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { deliveries } from '../../../db/schema/outbox.ts';
import type { Queries } from '../../../db/transaction.ts';
import { offerKind } from '../../../services/kernel/offer-kind.ts';
import type { LiveCard } from '../live-card.ts';
import { loadRolloutView } from '../parts/load-rollout-view.ts';
import { pollButtons } from '../parts/poll-parts.ts';
import { rolloutButtons } from '../rollout/rollout-card.ts';

type Request = Parameters<LiveCard['render']>[0];

/**
 * A message of the outbox with buttons: its words stay as they were said, its buttons as long as the live card of
 * the poll or the rollout offers the same. Its subject is the delivery.
 */
export const liveCard: LiveCard = {
  name: offerKind,
  render: async ({ db, card, now, hasDriver }) => {
    const { content, releaseId } = deliveries;
    const [message] = await db
      .select({ content, releaseId })
      .from(deliveries)
      .where(eq(deliveries.id, card.subjectId));
    const release = message?.releaseId ? await loadRelease(db, { id: message.releaseId }) : null;
    if (!message?.content || !release) return null;
    const [poll, rollout] = await Promise.all([
      offeredByPoll(db, release),
      offeredByRollout(db, release, { now, hasDriver }),
    ]);
    return withOfferedButtons(message.content, [...poll, ...rollout]);
  },
};

async function offeredByPoll(db: Queries, release: Release): Promise<Button[]> {
  const poll = await latestPoll(db, release.id);
  if (poll?.state !== 'open') return [];
  const { vote, close } = pollButtons(release, poll);
  return close ? [...vote, close] : vote;
}

async function offeredByRollout(
  db: Queries,
  release: Release,
  viewpoint: Pick<Request, 'now' | 'hasDriver'>,
): Promise<Button[]> {
  const { rollout, facts } = await loadRolloutView(db, release, viewpoint);
  return rolloutButtons(release, rollout, viewpoint.now, facts);
}
