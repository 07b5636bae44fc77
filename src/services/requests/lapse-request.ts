import { and, eq } from 'drizzle-orm';
import { requestLapsedMessage } from '../../core/messages/request-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { SecondPersonRequest } from '../../db/queries/requests.ts';
import { requests } from '../../db/schema/requests.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessagesOf } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';

/** Nobody agreed in time: whoever asked is told. One that was decided, or has lapsed, stays as it is. */
export async function lapseRequest(scope: Scope, release: Release, requestId: string): Promise<void> {
  const isOpen = and(eq(requests.id, requestId), eq(requests.state, 'open'));
  const [lapsed] = await scope.tx
    .update(requests)
    .set({ state: 'lapsed', decidedAt: new Date(scope.now) })
    .where(isOpen)
    .returning();
  if (!lapsed) return;
  scope.audit({ action: 'second-person.lapsed', releaseId: release.id, subject: requestId });
  await tellRequester(scope, release, lapsed, requestLapsedMessage({ releaseKey: release.key, ...lapsed }));
  scope.invalidateCards(release.id);
}

/** What waits for a second person in a release that comes to nothing waits no longer. The release is locked. */
export async function lapseOpenRequests(scope: Scope, release: Release): Promise<void> {
  const isOpen = and(eq(requests.releaseId, release.id), eq(requests.state, 'open'));
  const open = await scope.tx.select({ id: requests.id }).from(requests).where(isOpen);
  for (const { id } of open) await lapseRequest(scope, release, id);
}

/** By the account with which they asked. */
export function tellRequester(
  scope: Scope,
  release: Release,
  { platform, platformId }: SecondPersonRequest,
  content: ReturnType<typeof requestLapsedMessage>,
): Promise<void> {
  const to = [directMessagesOf({ platform, id: platformId })];
  return deliver(scope, { releaseId: release.id, to, subject: 'second-person', content });
}
