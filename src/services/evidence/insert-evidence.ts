import { line } from '../../core/card/line.ts';
import type { AddedMessage } from '../../core/evidence/added-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { evidence } from '../../db/schema/evidence.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { seeEvidence } from './see-evidence.ts';

export interface AddedEvidence {
  releaseKey: string;
  author: string;
}

/** Puts a message into the record of a release that is locked, once. */
export async function insertEvidence(
  scope: Scope,
  release: Release,
  message: AddedMessage,
): Promise<Result<AddedEvidence>> {
  const { tx, ctx, now } = scope;
  const { source, text, author, link, writtenAt } = message;
  const id = ctx.newId();
  const row = { source, text, author, link, writtenAt: new Date(writtenAt) };
  const inserted = await tx
    .insert(evidence)
    .values({
      id,
      releaseId: release.id,
      ...row,
      addedByName: actorName(release, ctx.actor),
      addedAt: new Date(now),
    })
    .onConflictDoNothing()
    .returning({ id: evidence.id });
  if (inserted.length === 0) {
    const known = line`This message is already in the record of ${release.key}: see ${seeEvidence(release.key)}.`;
    return refuse('already-exists', known, { releaseId: release.id });
  }
  const details = { ...row, writtenAt: row.writtenAt.toISOString(), by: actorName(release, ctx.actor) };
  scope.audit({ action: 'evidence.added', releaseId: release.id, subject: id, details });
  return done({ releaseKey: release.key, author });
}
