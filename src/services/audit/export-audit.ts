import { and, asc, eq, sql } from 'drizzle-orm';
import { loadRelease } from '../../db/queries/load-release.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import type { Queries } from '../../db/transaction.ts';

/** The release named for an export does not exist. */
export class UnknownReleaseError extends Error {
  override name = 'UnknownReleaseError';
}

const pageSize = 1_000;

/** The audit trail as JSON Lines, a chain after the other, each event with its place and hash. */
export async function* exportAudit(
  db: Queries,
  { releaseKey }: { releaseKey: string | null },
): AsyncGenerator<string> {
  const chain = releaseKey === null ? null : await chainOf(db, releaseKey);
  let after = { chain: '', seq: 0 };
  for (;;) {
    const isLater = sql`(${auditEvents.chain}, ${auditEvents.seq}) > (${after.chain}, ${after.seq}::bigint)`;
    const rows = await db
      .select()
      .from(auditEvents)
      .where(and(isLater, chain === null ? undefined : eq(auditEvents.chain, chain)))
      .orderBy(asc(auditEvents.chain), asc(auditEvents.seq))
      .limit(pageSize);
    for (const row of rows) yield toLine(row);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last;
  }
}

async function chainOf(db: Queries, key: string): Promise<string> {
  const release = await loadRelease(db, { key });
  if (!release) throw new UnknownReleaseError(`There is no release "${key}".`);
  return release.id;
}

function toLine({ chain, seq, body, redaction, ...link }: typeof auditEvents.$inferSelect): string {
  const redacted = redaction === null ? {} : { redaction };
  return JSON.stringify({ chain, seq, ...JSON.parse(body), ...link, ...redacted });
}
