import { eq } from 'drizzle-orm';
import { releaseNotes } from '../schema/notes.ts';
import type { Queries } from '../transaction.ts';

/** The release notes of a release. */
export type ReleaseNotes = typeof releaseNotes.$inferSelect;

export async function findNotes(db: Queries, releaseId: string): Promise<ReleaseNotes | null> {
  const [row] = await db.select().from(releaseNotes).where(eq(releaseNotes.releaseId, releaseId));
  return row ?? null;
}
