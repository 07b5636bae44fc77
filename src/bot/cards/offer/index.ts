import type { Button } from '../../../core/card/card.ts';
import { buttonsOf, withOfferedButtons } from '../../../core/card/offered-buttons.ts';
import { sendAgainButton, settleButtons } from '../../../core/messages/settle-buttons.ts';
import { findMessage } from '../../../db/queries/find-message.ts';
import { loadRelease, type Release } from '../../../db/queries/load-release.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { findDeliveryStates } from '../../../db/queries/unsettled-messages.ts';
import type { Queries } from '../../../db/transaction.ts';
import { parseJson } from '../../../lib/parse-json.ts';
import { offerKind } from '../../../services/kernel/offer-kind.ts';
import type { LiveCard } from '../live-card.ts';
import { loadRolloutView } from '../parts/load-rollout-view.ts';
import { pollButtons } from '../parts/poll-parts.ts';
import { rolloutButtons } from '../parts/rollout-buttons.ts';
import { rolloutStatus } from '../parts/rollout-status.ts';

/**
 * A message of the outbox with buttons: its words stay as they were said, its buttons as long as the live card of
 * the poll or the rollout offers the same, or until the message that they are about is settled. Its subject is the delivery.
 */
export const liveCard: LiveCard = {
  name: offerKind,
  render: async ({ db, card, now, hasDriver, freezes }) => {
    const message = await findMessage(db, card.subjectId);
    const release = message && (await loadRelease(db, { id: message.releaseId }));
    if (!release) return null;
    const offered = await Promise.all([
      offeredByPoll(db, release),
      offeredByRollout(db, release, { now, hasDriver, freezes }),
      offeredOfMessages(db, buttonsOf(message.content)),
    ]);
    return withOfferedButtons(message.content, offered.flat());
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
  viewpoint: Pick<Parameters<LiveCard['render']>[0], 'now' | 'hasDriver' | 'freezes'>,
): Promise<Button[]> {
  const { rollout, facts } = await loadRolloutView(db, release, viewpoint);
  if (!facts.hasDriver) return [];
  return rolloutButtons(release, rollout, rolloutStatus(release, rollout, viewpoint.now, facts));
}

/** What can still be said of the messages that some buttons are about. */
async function offeredOfMessages(db: Queries, buttons: readonly Button[]): Promise<Button[]> {
  const ids = new Set(buttons.flatMap(deliveryOf));
  const states = await findDeliveryStates(db, [...ids]);
  return [...states].flatMap(([id, state]) => {
    if (state === 'unknown') return settleButtons(id);
    return state === 'failed' ? [sendAgainButton(id)] : [];
  });
}

function deliveryOf({ action, value }: Button): string[] {
  if (action !== 'settle-delivery') return [];
  const { deliveryId } = parseJson(value) as { deliveryId: string };
  return [deliveryId];
}
