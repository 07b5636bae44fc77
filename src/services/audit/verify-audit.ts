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

interface HeadRow {
  chain: string;
  seq: string | null;
  hash: string | null;
}

/** Recomputes every chain from its first event to its head. */
export async function verifyAudit(db: Queryable): Promise<AuditVerification> {
  const { rows: heads } = await db.query<HeadRow>({
    text: `select chain, h.seq, h.hash from audit_heads h
      full join (select distinct chain from audit_events) e using (chain) order by chain`,
  });
  const broken: BrokenLink[] = [];
  let events = 0;
  for (const head of heads) {
    const links = await loadChain(db, head.chain);
    events += links.length;
    const end = { chain: head.chain, seq: Number(head.seq ?? 0), hash: head.hash ?? genesisHash };
    const problem = findBrokenLink(links, end);
    if (problem) broken.push(problem);
  }
  return { chains: heads.length, events, broken };
}

async function loadChain(db: Queryable, chain: string): Promise<AuditLink[]> {
  const { rows } = await db.query<Omit<AuditLink, 'seq'> & { seq: string }>({
    text: `select chain, seq, body, prev_hash as "prevHash", hash from audit_events where chain = $1 order by seq`,
    values: [chain],
  });
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}
