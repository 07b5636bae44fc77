import { createHash } from 'node:crypto';

/** One link of an audit chain, as stored. */
export interface AuditLink {
  chain: string;
  seq: number;
  body: string;
  prevHash: string;
  hash: string;
  /** Null: it was written before events were signed, or is redacted. */
  signature: string | null;
  /** The signature of what is left of a redacted event; null: it is as it was written. */
  redaction: string | null;
}

/** What the first link of a chain points back to. */
export const genesisHash = '0'.repeat(64);

/**
 * SHA-256, hex, over chain, place, previous hash, body and signature; without the last for an event that has none. The
 * database computes the same.
 */
export function linkHash(link: Omit<AuditLink, 'hash' | 'redaction'>): string {
  const { chain, seq, prevHash, body, signature } = link;
  const parts = [chain, seq, prevHash, body, ...(signature === null ? [] : [signature])];
  return createHash('sha256').update(parts.join('\n'), 'utf8').digest('hex');
}

export interface BrokenLink {
  chain: string;
  seq: number;
  problem: string;
}

/** A place in a chain: the event that it ends with there, 0 and the genesis hash before the first. */
export interface ChainPlace {
  chain: string;
  seq: number;
  hash: string;
}

/** Where a chain begins. */
export function startOfChain(chain: string): ChainPlace {
  return { chain, seq: 0, hash: genesisHash };
}

/** What else has to be true of a link, above all its signatures; says why it is not. */
export type CheckLink = (link: AuditLink) => string | null;

/** Follows links from a place in their chain: to where they lead, or to the first that is not as it was written. */
export function followChain(
  from: ChainPlace,
  links: Iterable<AuditLink>,
  check: CheckLink = () => null,
): { end: ChainPlace; broken: BrokenLink | null } {
  let end = from;
  for (const link of links) {
    const problem = linkProblem(link, end.seq + 1, end.hash) ?? check(link);
    if (problem) return { end, broken: { chain: from.chain, seq: end.seq + 1, problem } };
    end = { chain: from.chain, seq: link.seq, hash: link.hash };
  }
  return { end, broken: null };
}

/** Why a chain that leads to `end` does not end as it should, at `head`; null when it does. */
export function checkEnd(end: ChainPlace, head: ChainPlace): BrokenLink | null {
  const { chain, seq } = end;
  if (seq !== head.seq) {
    return { chain, seq: seq + 1, problem: `the chain ends at ${seq}, it should end at ${head.seq}` };
  }
  if (end.hash === head.hash) return null;
  return { chain, seq, problem: 'it is not the event that the chain should end with' };
}

function linkProblem(link: AuditLink, expectedSeq: number, prevHash: string): string | null {
  if (link.seq !== expectedSeq) return `event ${expectedSeq} is missing`;
  if (link.prevHash !== prevHash) return 'it does not follow the event before it';
  // What was removed of a redacted one is in its hash. Whoever checks links looks at its own signature.
  if (link.redaction === null && linkHash(link) !== link.hash) return 'its contents were changed';
  return null;
}
