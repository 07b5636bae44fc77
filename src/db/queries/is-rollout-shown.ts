import { and, eq, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { cards } from '../schema/outbox.ts';
import { releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** Whether a release has a card of its rollout that can be edited, as far as is known. */
export function isRolloutShown(db: Queries, releaseKey: string): Promise<boolean> {
  return isShown(db, and(eq(cards.kind, 'rollout'), eq(releases.key, releaseKey)));
}

/** Whether a poll has a card in the release's channel that can be edited, as far as is known. */
export function isPollShown(db: Queries, pollId: string): Promise<boolean> {
  return isShown(db, and(eq(cards.kind, 'poll'), eq(cards.subjectId, pollId)));
}

async function isShown(db: Queries, which: SQL | undefined): Promise<boolean> {
  const canBeEdited = [cards.closedSince, cards.refusedSince, cards.leftSince].map((since) => isNull(since));
  const [card] = await db
    .select({ id: cards.id })
    .from(cards)
    .innerJoin(releases, eq(releases.id, cards.releaseId))
    .where(and(which, isNotNull(cards.messageId), ...canBeEdited))
    .limit(1);
  return card !== undefined;
}
