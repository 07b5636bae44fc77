import { and, eq } from 'drizzle-orm';
import { requestOutcomeMessage } from '../../core/messages/request-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { SecondPersonRequest } from '../../db/queries/requests.ts';
import { cards } from '../../db/schema/outbox.ts';
import { requests } from '../../db/schema/requests.ts';
import { insertDelivery } from './effects.ts';
import { directMessagesOf } from './person-destination.ts';
import type { Scope } from './scope.ts';

/**
 * Nobody agreed in time: whoever asked is told. One that was decided, or has lapsed, stays as it is. `release`: the one
 * that it is of, locked.
 */
export async function lapseRequest(scope: Scope, release: Release | null, requestId: string): Promise<void> {
  const isOpen = and(eq(requests.id, requestId), eq(requests.state, 'open'));
  const [lapsed] = await scope.tx
    .update(requests)
    .set({ state: 'lapsed', decidedAt: new Date(scope.now) })
    .where(isOpen)
    .returning();
  if (!lapsed) return;
  scope.audit({ action: 'second-person.lapsed', releaseId: lapsed.releaseId, subject: requestId });
  await tellRequester(scope, lapsed, {
    ...{ state: 'lapsed', by: null, reason: null },
    news: 'Nothing was done. Ask again when somebody is there.',
    releaseKey: release?.key ?? null,
  });
  await redrawRequest(scope, lapsed);
}

/** What waits for a second person in a release that comes to nothing waits no longer. The release is locked. */
export async function lapseOpenRequests(scope: Scope, release: Release): Promise<void> {
  const isOpen = and(eq(requests.releaseId, release.id), eq(requests.state, 'open'));
  const open = await scope.tx.select({ id: requests.id }).from(requests).where(isOpen);
  for (const { id } of open) await lapseRequest(scope, release, id);
}

/** Tells whoever asked what became of it, by the account with which they asked: they may have no role in the release. */
export async function tellRequester(
  scope: Scope,
  { releaseId, words, platform, platformId }: SecondPersonRequest,
  outcome: Omit<Parameters<typeof requestOutcomeMessage>[0], 'words'>,
): Promise<void> {
  await insertDelivery(scope, {
    releaseId,
    destination: directMessagesOf({ platform, id: platformId }),
    subject: 'second-person',
    content: requestOutcomeMessage({ ...outcome, words }),
  });
}

/** Its card, wherever it was posted, and whatever else shows that it waits. */
export async function redrawRequest(
  scope: Scope,
  { id, releaseId }: Pick<SecondPersonRequest, 'id' | 'releaseId'>,
): Promise<void> {
  const posted = await scope.tx
    .select({ releaseId: cards.releaseId })
    .from(cards)
    .where(eq(cards.subjectId, id));
  const ids = new Set([releaseId, ...posted.map((card) => card.releaseId)]);
  for (const each of ids) if (each !== null) scope.invalidateCards(each);
}
