import type { Card } from '../../core/card/card.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import { findNotes } from '../../db/queries/notes.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { checkCapability } from '../../services/kernel/permissions.ts';
import { notesCard } from '../cards/answers/notes-card.ts';
import { sentenceCard } from '../cards/answers/refusal-card.ts';

/** The notes of a release as they are now, for whoever asks. */
export async function notesAnswer(ctx: Ctx, releaseKey: string): Promise<Card> {
  const release = await loadRelease(ctx.db, { key: releaseKey });
  const notes = release && (await findNotes(ctx.db, release.id));
  if (!notes) return sentenceCard(`${releaseKey} has no release notes.`);
  return notesCard(release, notes, (capability) => checkCapability(release, ctx.actor, capability) === null);
}
