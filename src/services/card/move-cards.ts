import { and, asc, eq } from 'drizzle-orm';
import { type Destination, encodeDestination, isAmong } from '../../core/address/destination.ts';
import { rolloutCardAddresses } from '../../core/schedule/derive-schedule.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { cards, deliveries } from '../../db/schema/outbox.ts';
import { openCard } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor, destinationsOf } from '../release/destinations-for.ts';

interface Subject {
  kind: 'poll' | 'rollout';
  subjectId: string;
  to: readonly Destination[];
}

/**
 * Has the cards of an open poll and of the rollout where the plan names their places now: opened there, and at the
 * places before they say where they have gone. What is not open yet is opened there in its time. The caller has the
 * cards of the release drawn again.
 */
export async function moveCards(scope: Scope, release: Release): Promise<void> {
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state === 'open') {
    const to = destinationsFor(release, 'release');
    await move(scope, release, { kind: 'poll', subjectId: poll.id, to });
  }
  const to = destinationsOf(release, rolloutCardAddresses(release.plan));
  await move(scope, release, { kind: 'rollout', subjectId: release.id, to });
}

async function move(scope: Scope, release: Release, { kind, subjectId, to }: Subject): Promise<void> {
  const { id, destination, messageId, leftSince } = cards;
  const rows = await scope.tx
    .select({ id, destination, messageId, leftSince })
    .from(cards)
    .where(and(eq(cards.kind, kind), eq(cards.subjectId, subjectId)))
    .orderBy(asc(id))
    .for('update');
  if (rows.length === 0) return;
  let communicationId: string | undefined;
  for (const row of rows) {
    const isLeft = !isAmong(row.destination, to);
    if (isLeft === (row.leftSince !== null)) continue;
    if (isLeft) communicationId = (await leave(scope, release, { ...row, kind, to })) ?? communicationId;
    else await scope.tx.update(cards).set({ leftSince: null }).where(eq(id, row.id));
  }
  await openCard(scope, { releaseId: release.id, communicationId, kind, subjectId, to });
}

/** Returns the item of the schedule that the card's first message was to carry out, if that had not been posted yet. */
async function leave(
  scope: Scope,
  release: Release,
  card: Pick<Subject, 'kind' | 'to'> & { id: string; destination: Destination; messageId: string | null },
): Promise<string | null> {
  const { tx } = scope;
  const waiting = and(eq(deliveries.cardId, card.id), eq(deliveries.state, 'pending'));
  const withdrawn = await tx
    .delete(deliveries)
    .where(waiting)
    .returning({ communicationId: deliveries.communicationId });
  // One that was never posted there has nobody to tell.
  if (card.messageId === null && withdrawn.length > 0) await tx.delete(cards).where(eq(cards.id, card.id));
  else {
    const leftSince = new Date(scope.ctx.clock.wall());
    await tx.update(cards).set({ leftSince }).where(eq(cards.id, card.id));
  }
  const details = {
    kind: card.kind,
    from: encodeDestination(card.destination),
    to: card.to.map(encodeDestination),
  };
  scope.audit({ action: 'card.moved', releaseId: release.id, subject: card.id, details });
  return withdrawn[0]?.communicationId ?? null;
}
