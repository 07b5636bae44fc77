import { releases } from '../../db/schema/release.ts';
import type { Queries } from '../../db/transaction.ts';

/** The keys of releases, by the names of their chains. */
export async function nameChains(db: Queries): Promise<Map<string, string>> {
  const rows = await db.select({ id: releases.id, key: releases.key }).from(releases);
  return new Map(rows.map(({ id, key }) => [id, key]));
}
