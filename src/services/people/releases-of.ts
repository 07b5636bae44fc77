import { and, eq, inArray } from 'drizzle-orm';
import { staffedStates } from '../../core/release/release-state.ts';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import { releasePeople, releases } from '../../db/schema/release.ts';
import type { AuditEntry, Scope } from '../kernel/scope.ts';

/** The releases under way or live in which any of these people has a role; with `ended`, all of them. */
export async function releasesOf(
  { tx }: Scope,
  personIds: readonly string[],
  { ended = false } = {},
): Promise<Release[]> {
  const isMeant = ended ? undefined : inArray(releases.state, [...staffedStates]);
  const rows = await tx
    .selectDistinct({ id: releases.id })
    .from(releases)
    .innerJoin(releasePeople, eq(releasePeople.releaseId, releases.id))
    .where(and(inArray(releasePeople.personId, [...personIds]), isMeant));
  const loaded: Release[] = [];
  for (const { id } of rows) {
    const release = await loadRelease(tx, { id });
    if (release) loaded.push(release);
  }
  return loaded;
}

/**
 * Records that a person's accounts have changed, in the workspace's chain and in that of each release in which they
 * have a role, and has the cards of these drawn again: somebody else may act now, or may not any more.
 */
export async function touchReleases(
  scope: Scope,
  personId: string,
  entry: Omit<AuditEntry, 'releaseId'>,
): Promise<void> {
  scope.audit({ ...entry, releaseId: null });
  for (const { id: releaseId } of await releasesOf(scope, [personId], { ended: true })) {
    scope.audit({ ...entry, releaseId });
    scope.invalidateCards(releaseId);
  }
}
