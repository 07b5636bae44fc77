import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { isUnfinished } from '../../core/notes/draft-notes.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { isOutdated, loadNotes, type NotesInput, notesInput, wordingOf, writeNotes } from './load-notes.ts';

/** Approves the notes in the wording that was seen. */
export function approveNotes(args: { ctx: Ctx; input: NotesInput }): Promise<Result<{ releaseKey: string }>> {
  return runVerb({ name: 'notes.approve', input: notesInput, run: approve }, args);
}

async function approve(scope: Scope, input: NotesInput): Promise<Result<{ releaseKey: string }>> {
  const loaded = await loadNotes(scope, input, 'notes.approve');
  if (!loaded.ok) return loaded;
  const { release, notes } = loaded.value;
  const about = { releaseId: release.id };
  const see = command('release', `notes ${release.key}`);
  if (notes.state === 'approved') {
    return refuse('wrong-state', `${notes.approvedByName} has already approved these notes.`, about);
  }
  if (isUnfinished(notes)) {
    const message = line`The notes of ${release.key} still have parts in brackets that nobody has written. Edit them first: ${see}.`;
    return refuse('conditions-unmet', message, about);
  }
  if (isOutdated(release, notes)) {
    const message = line`The scope of ${release.key} has changed since the notes were written. Edit them, or draft them again: ${see}.`;
    return refuse('conditions-unmet', message, about);
  }
  const by = actorName(release, scope.ctx.actor);
  const wording = wordingOf(notes);
  const approvedAt = new Date(scope.now);
  await writeNotes(scope, loaded.value, {
    ...{ state: 'approved', approvedWording: wording, approvedByName: by, approvedAt },
  });
  scope.audit({ action: 'notes.approved', releaseId: release.id, details: { wording, by } });
  return done({ releaseKey: release.key });
}
