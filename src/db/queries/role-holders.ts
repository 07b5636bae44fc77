import { eq } from 'drizzle-orm';
import { releasePeople } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** `qa_lead holder 6f0c…`: who has which role in a release, by the person's id, as the audit trail writes it; in order. */
export async function loadRoleHolders(db: Queries, releaseId: string): Promise<string[]> {
  const rows = await db.select().from(releasePeople).where(eq(releasePeople.releaseId, releaseId));
  return rows.map(({ role, position, personId }) => `${role} ${position} ${personId}`).sort();
}
