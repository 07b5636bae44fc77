import { createHash } from 'node:crypto';

/** One link of an audit chain, as stored. */
export interface AuditLink {
  chain: string;
  seq: number;
  body: string;
  prevHash: string;
  hash: string;
}

/** What the first link of a chain points back to. */
export const genesisHash = '0'.repeat(64);

/** SHA-256, hex, over chain, place, previous hash and body. The database computes the same. */
export function linkHash(link: Omit<AuditLink, 'hash'>): string {
  return createHash('sha256')
    .update(`${link.chain}\n${link.seq}\n${link.prevHash}\n${link.body}`, 'utf8')
    .digest('hex');
}

export interface BrokenLink {
  chain: string;
  seq: number;
  problem: string;
}

/** The first link of a chain that is not as it was written, or null. `head` is where the chain should end. */
export function findBrokenLink(
  links: Iterable<AuditLink>,
  head: { chain: string; seq: number; hash: string },
): BrokenLink | null {
  let seq = 0;
  let hash = genesisHash;
  for (const link of links) {
    const problem = linkProblem(link, seq + 1, hash);
    if (problem) return { chain: head.chain, seq: seq + 1, problem };
    seq = link.seq;
    hash = link.hash;
  }
  if (seq !== head.seq) {
    const problem = `the chain ends at ${seq}, it should end at ${head.seq}`;
    return { chain: head.chain, seq: seq + 1, problem };
  }
  if (hash === head.hash) return null;
  return { chain: head.chain, seq, problem: 'it is not the event that the chain should end with' };
}

function linkProblem(link: AuditLink, expectedSeq: number, prevHash: string): string | null {
  if (link.seq !== expectedSeq) return `event ${expectedSeq} is missing`;
  if (link.prevHash !== prevHash) return 'it does not follow the event before it';
  if (linkHash(link) !== link.hash) return 'its contents were changed';
  return null;
}
