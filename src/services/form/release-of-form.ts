import type { FormMetadata } from '../../core/card/form.ts';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import type { Queries } from '../../db/transaction.ts';

/** The release that a form is about, by what it was opened with; null: about none. */
export async function releaseOfForm(
  db: Queries,
  { releaseKey, pollId }: FormMetadata,
): Promise<Release | null> {
  const byKey = releaseKey ? await loadRelease(db, { key: releaseKey }) : null;
  return byKey ?? (pollId ? await loadRelease(db, { pollId }) : null) ?? null;
}
