import * as z from 'zod';
import type { EditedText } from '../../core/approval/edited-text.ts';
import { draftNotes } from '../../core/notes/draft-notes.ts';
import { notesScopeDigest } from '../../core/notes/scope-digest.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findNotes } from '../../db/queries/notes.ts';
import { releaseNotes } from '../../db/schema/notes.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest, type ReleaseKey } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import type { MergedPull } from '../ports/repository-host.ts';
import { loadNotes, type NotesInput, notesInput, wordingOf, writeNotes } from './load-notes.ts';
import { readPulls } from './read-pulls.ts';

const beginInput = z.object({ releaseKey: z.string().nullable() });

/** Drafts the release notes of a release that has none. One that has some keeps them. Answers with the release's key. */
export async function beginNotes(args: {
  ctx: Ctx;
  input: { releaseKey: ReleaseKey };
}): Promise<Result<{ releaseKey: string }>> {
  const pulls = await readPulls(args.ctx, args.input.releaseKey);
  const run = (scope: Scope, input: z.infer<typeof beginInput>) => begin(scope, input, pulls);
  return runVerb({ name: 'notes.draft', input: beginInput, run }, args);
}

/** Drafts the notes anew from the plan as it is now, in place of what they say. */
export async function redraftNotes(args: {
  ctx: Ctx;
  input: NotesInput;
}): Promise<Result<{ releaseKey: string }>> {
  const pulls = await readPulls(args.ctx, args.input.releaseKey);
  const run = (scope: Scope, input: NotesInput) => redraft(scope, input, pulls);
  return runVerb({ name: 'notes.redraft', input: notesInput, run }, args);
}

async function begin(
  scope: Scope,
  { releaseKey }: z.infer<typeof beginInput>,
  pulls: Result<MergedPull[]>,
): Promise<Result<{ releaseKey: string }>> {
  const loaded = await loadForRequest(scope, releaseKey, 'notes.edit');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  if (await findNotes(scope.tx, release.id)) return done({ releaseKey: release.key });
  if (!pulls.ok) return pulls;
  const text = draftNotes(release.plan, pulls.value);
  await scope.tx
    .insert(releaseNotes)
    .values({ releaseId: release.id, revision: 1, ...written(scope, release, text) });
  auditWritten(scope, release, { action: 'notes.drafted', text });
  return done({ releaseKey: release.key });
}

async function redraft(
  scope: Scope,
  input: NotesInput,
  pulls: Result<MergedPull[]>,
): Promise<Result<{ releaseKey: string }>> {
  const loaded = await loadNotes(scope, input, 'notes.edit');
  if (!loaded.ok) return loaded;
  const { release } = loaded.value;
  if (!pulls.ok) return pulls;
  const text = draftNotes(release.plan, pulls.value);
  await writeNotes(scope, loaded.value, written(scope, release, text));
  auditWritten(scope, release, { action: 'notes.drafted', text });
  return done({ releaseKey: release.key });
}

/** A new text is a draft: an approval was of another wording. */
export function written({ ctx, now }: Scope, release: Release, { title, body }: EditedText) {
  return {
    ...{ state: 'draft' as const, title, body, scopeDigest: notesScopeDigest(release.plan) },
    ...{ writtenByName: actorName(release, ctx.actor), writtenAt: new Date(now) },
    ...{ approvedWording: null, approvedByName: null, approvedAt: null },
  };
}

/** The text itself is in the trail, since the row keeps only the last. */
export function auditWritten(
  scope: Scope,
  release: Release,
  { action, text }: { action: 'notes.drafted' | 'notes.edited'; text: EditedText },
): void {
  const { title, body } = text;
  const by = actorName(release, scope.ctx.actor);
  const details = { title, body, wording: wordingOf(text), by };
  scope.audit({ action, releaseId: release.id, details });
}
