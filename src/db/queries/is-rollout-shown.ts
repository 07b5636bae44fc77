import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { cards } from '../schema/outbox.ts';
import { releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** Whether a release has a card of its rollout that can be edited, as far as is known. */
export async function isRolloutShown(db: Queries, releaseKey: string): Promise<boolean> {
  const canBeEdited = [cards.closedSince, cards.refusedSince, cards.leftSince].map((since) => isNull(since));
  const isShown = and(eq(cards.kind, 'rollout'), isNotNull(cards.messageId), ...canBeEdited);
  const [card] = await db
    .select({ id: cards.id })
    .from(cards)
    .innerJoin(releases, eq(releases.id, cards.releaseId))
    .where(and(eq(releases.key, releaseKey), isShown))
    .limit(1);
  return card !== undefined;
}
