import {
  type AuditLink,
  type BrokenLink,
  findBrokenLink,
  genesisHash,
} from '../../core/audit/audit-chain.ts';
import type { Queryable } from '../../db/open-database.ts';

export interface AuditVerification {
  chains: number;
  events: number;
  /** The first broken link of each chain that is not intact. */
  broken: BrokenLink[];
}

interface ChainRow {
  seq: string | null;
  body: string;
  prevHash: string;
  hash: string;
  headSeq: string | null;
  headHash: string | null;
}

/** Recomputes every chain from its first event to its head. Right also while events are being added. */
export async function verifyAudit(db: Queryable): Promise<AuditVerification> {
  const { rows: chains } = await db.query<{ chain: string }>({
    text: 'select chain from audit_heads union select chain from audit_events order by chain',
  });
  const broken: BrokenLink[] = [];
  let events = 0;
  for (const { chain } of chains) {
    const { links, head } = await loadChain(db, chain);
    events += links.length;
    const problem = findBrokenLink(links, head);
    if (problem) broken.push(problem);
  }
  broken.push(...(await findReleasesWithoutTrail(db)));
  return { chains: chains.length, events, broken };
}

/** A release is created with its first event: without one, its trail was taken away as a whole. */
async function findReleasesWithoutTrail(db: Queryable): Promise<BrokenLink[]> {
  const { rows } = await db.query<{ chain: string; key: string }>({
    text: `select id::text as chain, key from releases r
      where not exists (select from audit_events e where e.chain = r.id::text)
        and not exists (select from audit_heads h where h.chain = r.id::text) order by key`,
  });
  return rows.map(({ chain, key }) => ({ chain, seq: 1, problem: `the trail of release ${key} is gone` }));
}

/** Events and head in one statement, so that they are of the same instant. */
async function loadChain(db: Queryable, chain: string) {
  const { rows } = await db.query<ChainRow>({
    text: `select e.seq, e.body, e.prev_hash as "prevHash", e.hash, h.seq as "headSeq", h.hash as "headHash"
      from (select * from audit_events where chain = $1) e
      full join (select * from audit_heads where chain = $1) h using (chain) order by e.seq`,
    values: [chain],
  });
  const links = rows.flatMap(({ seq, body, prevHash, hash }): AuditLink[] =>
    seq === null ? [] : [{ chain, seq: Number(seq), body, prevHash, hash }],
  );
  const head = { chain, seq: Number(rows[0]?.headSeq ?? 0), hash: rows[0]?.headHash ?? genesisHash };
  return { links, head };
}
