import { loadRelease } from '../../db/queries/load-release.ts';
import type { Queries } from '../../db/transaction.ts';

/** The release named for an export does not exist. */
export class UnknownReleaseError extends Error {
  override name = 'UnknownReleaseError';
}

const pageSize = 1_000;

interface Row {
  chain: string;
  seq: string;
  body: string;
  hash: string;
}

/** The audit trail as JSON Lines, a chain after the other, each event with its place and hash. */
export async function* exportAudit(
  db: Queries,
  { releaseKey }: { releaseKey: string | null },
): AsyncGenerator<string> {
  const chain = releaseKey === null ? null : await chainOf(db, releaseKey);
  let after: [string, string] = ['', '0'];
  for (;;) {
    const { rows } = await db.$client.query<Row>({
      text: `select chain, seq, body, hash from audit_events
        where (chain, seq) > ($1, $2::bigint) and ($3::text is null or chain = $3) order by chain, seq limit $4`,
      values: [...after, chain, pageSize],
    });
    for (const row of rows) yield toLine(row);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = [last.chain, last.seq];
  }
}

async function chainOf(db: Queries, key: string): Promise<string> {
  const release = await loadRelease(db, { key });
  if (!release) throw new UnknownReleaseError(`There is no release "${key}".`);
  return release.id;
}

function toLine({ chain, seq, body, hash }: Row): string {
  return JSON.stringify({ chain, seq: Number(seq), ...JSON.parse(body), hash });
}
