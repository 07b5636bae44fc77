import { and, eq, inArray } from 'drizzle-orm';
import type { Release } from '../../db/queries/load-release.ts';
import { communications } from '../../db/schema/release.ts';
import { receiversOf } from '../delivery/notice.ts';
import { cancelTimers, openCard } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';

/** The kind of the live card that asks about overdue items. Its subject is the question. */
export const overdueKind = 'overdue';

/**
 * Sends nothing of items whose time has passed until the release manager has said what to do with them. One card asks
 * about all of a release that are not answered. The caller holds the release's lock.
 */
export async function askAboutOverdue(
  scope: Scope,
  release: Release,
  { ids, reason }: { ids: readonly string[]; reason: string },
): Promise<void> {
  if (ids.length === 0) return;
  const open = await openQuestion(scope, release);
  const questionId = open ?? scope.ctx.newId();
  const asked = await scope.tx
    .update(communications)
    .set({ state: 'overdue', note: reason, questionId })
    .where(and(inArray(communications.id, [...ids]), eq(communications.state, 'planned')))
    .returning({ id: communications.id, key: communications.key });
  for (const { id, key } of asked) {
    await cancelTimers(scope, id);
    const details = { key, reason };
    scope.audit({ action: 'communication.overdue', releaseId: release.id, subject: id, details });
  }
  if (open === null) {
    const to = receiversOf(scope, release);
    await openCard(scope, { releaseId: release.id, kind: overdueKind, subjectId: questionId, to });
  }
  scope.invalidateCards(release.id);
}

/** The question of a release that is not answered yet; null when there is none. */
async function openQuestion({ tx }: Scope, release: Release): Promise<string | null> {
  const isOpen = and(eq(communications.releaseId, release.id), eq(communications.state, 'overdue'));
  const [found] = await tx
    .select({ id: communications.questionId })
    .from(communications)
    .where(isOpen)
    .limit(1);
  return found?.id ?? null;
}
