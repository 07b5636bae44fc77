import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { cardOfEdited, type EditedText } from '../../core/approval/edited-text.ts';
import { wordingHash } from '../../core/approval/proposal.ts';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { notesScopeDigest } from '../../core/notes/scope-digest.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findNotes, type ReleaseNotes } from '../../db/queries/notes.ts';
import { releaseNotes } from '../../db/schema/notes.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';

/** What a button or a form brings back: which notes, and as of which of their revisions they were seen. */
export const notesInput = z.object({ releaseKey: z.string(), revision: z.number().int() });
export type NotesInput = z.infer<typeof notesInput>;

export interface LoadedNotes {
  release: Release;
  notes: ReleaseNotes;
}

/** Locks the release, checks the right, and that its notes are those that were seen and are not published. */
export async function loadNotes(
  scope: Scope,
  { releaseKey, revision }: NotesInput,
  capability: ReleaseCapability,
): Promise<Result<LoadedNotes>> {
  const loaded = await loadForRequest(scope, releaseKey, capability);
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  const see = command('release', `notes ${release.key}`);
  const notes = await findNotes(scope.tx, release.id);
  if (!notes) return refuse('not-found', line`${release.key} has no release notes yet: ${see}.`, about);
  if (notes.state === 'published') {
    const message = `The release notes of ${release.key} have been published by ${notes.publishedByName}, and stay as they are.`;
    return refuse('wrong-state', message, about);
  }
  if (notes.revision !== revision) {
    const message = line`The release notes of ${release.key} have changed since you saw them, so nothing was done. See them again: ${see}.`;
    return refuse('conflict', message, about);
  }
  return done({ release, notes });
}

/** Writes notes as they are from now on, if they are still as they were seen. */
export async function writeNotes(
  { tx }: Scope,
  { notes }: LoadedNotes,
  values: Partial<typeof releaseNotes.$inferInsert>,
): Promise<void> {
  const { releaseId, revision } = notes;
  const written = await tx
    .update(releaseNotes)
    .set({ ...values, revision: revision + 1 })
    .where(and(eq(releaseNotes.releaseId, releaseId), eq(releaseNotes.revision, revision)))
    .returning({ revision: releaseNotes.revision });
  if (written.length !== 1) throw new ConflictError('the notes have changed');
}

/** The hash of notes as they would be posted: the wording that is approved, and that the trail names. */
export function wordingOf({ title, body }: EditedText): string {
  return wordingHash(cardOfEdited({ title, body }));
}

/** Whether the scope has changed since the notes were written. */
export function isOutdated({ plan }: Release, { scopeDigest }: ReleaseNotes): boolean {
  return scopeDigest !== notesScopeDigest(plan);
}
