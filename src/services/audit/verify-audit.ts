import {
  type AuditLink,
  type BrokenLink,
  type ChainPlace,
  checkEnd,
  followChain,
  startOfChain,
} from '../../core/audit/audit-chain.ts';
import type { Queries } from '../../db/transaction.ts';

export interface AuditVerification {
  chains: number;
  events: number;
  /** The first broken link of each chain that is not intact. */
  broken: BrokenLink[];
}

/** Events read by one statement: a chain may be long, and no statement may take long. */
const pageSize = 1_000;

interface ChainRow {
  seq: string | null;
  body: string;
  prevHash: string;
  hash: string;
  headSeq: string | null;
  headHash: string | null;
}

/** Recomputes every chain from its first event to its head. Right also while events are being added. */
export async function verifyAudit(db: Queries): Promise<AuditVerification> {
  const { rows: chains } = await db.$client.query<{ chain: string }>({
    text: 'select chain from audit_heads union select chain from audit_events order by chain',
  });
  const broken: BrokenLink[] = [];
  let events = 0;
  for (const { chain } of chains) {
    const verified = await verifyChain(db, chain);
    events += verified.events;
    if (verified.broken) broken.push(verified.broken);
  }
  broken.push(...(await findReleasesWithoutTrail(db)));
  return { chains: chains.length, events, broken };
}

/** A release is created with its first event: without one, its trail was taken away as a whole. */
async function findReleasesWithoutTrail(db: Queries): Promise<BrokenLink[]> {
  const { rows } = await db.$client.query<{ chain: string; key: string }>({
    text: `select id::text as chain, key from releases r
      where not exists (select from audit_events e where e.chain = r.id::text)
        and not exists (select from audit_heads h where h.chain = r.id::text) order by key`,
  });
  return rows.map(({ chain, key }) => ({ chain, seq: 1, problem: `the trail of release ${key} is gone` }));
}

/** Goes over a chain page by page; what was read stays true, since events are only ever added at the end. */
async function verifyChain(
  db: Queries,
  chain: string,
): Promise<{ events: number; broken: BrokenLink | null }> {
  let place = startOfChain(chain);
  let broken: BrokenLink | null = null;
  let events = 0;
  let after: string | null = null;
  for (;;) {
    const page = await loadPage(db, chain, after);
    events += page.links.length;
    if (!broken) ({ end: place, broken } = followChain(place, page.links));
    after = page.last;
    if (page.links.length < pageSize) return { events, broken: broken ?? checkEnd(place, page.head) };
  }
}

interface Page {
  links: AuditLink[];
  head: ChainPlace;
  /** The number of the last event as the database writes it. */
  last: string | null;
}

/** Events and head in one statement: of the last page, both are of the same instant. `after` null: from the first. */
async function loadPage(db: Queries, chain: string, after: string | null): Promise<Page> {
  const { rows } = await db.$client.query<ChainRow>({
    text: `select e.seq, e.body, e.prev_hash as "prevHash", e.hash, h.seq as "headSeq", h.hash as "headHash"
      from (select * from audit_events where chain = $1 and ($2::bigint is null or seq > $2)
        order by seq limit $3) e
      full join (select * from audit_heads where chain = $1) h using (chain) order by e.seq`,
    values: [chain, after, pageSize],
  });
  const links = rows.flatMap(({ seq, body, prevHash, hash }): AuditLink[] =>
    seq === null ? [] : [{ chain, seq: Number(seq), body, prevHash, hash }],
  );
  const [first] = rows;
  const start = startOfChain(chain);
  const head = { chain, seq: Number(first?.headSeq ?? start.seq), hash: first?.headHash ?? start.hash };
  return { links, head, last: rows.at(-1)?.seq ?? null };
}
