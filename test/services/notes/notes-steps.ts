import { loadRelease } from '../../../src/db/queries/load-release.ts';
import { findNotes } from '../../../src/db/queries/notes.ts';
import { beginNotes } from '../../../src/services/notes/draft-release-notes.ts';
import type { NotesInput } from '../../../src/services/notes/load-notes.ts';
import type { World } from '../../support/test-services.ts';
import { accepted } from '../steps.ts';

/** The notes of the example release as a button names them; drafts them where there are none. */
export async function notesOf(world: World): Promise<NotesInput> {
  const releaseKey = 'web-2.4.0';
  accepted(await beginNotes({ ctx: world.as('rita'), input: { releaseKey } }));
  const release = await loadRelease(world.services.db, { key: releaseKey });
  const notes = release && (await findNotes(world.services.db, release.id));
  return { releaseKey, revision: notes?.revision ?? 0 };
}
