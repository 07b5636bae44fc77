import { createHash } from 'node:crypto';
import * as z from 'zod';
import { genesisHash } from './audit-chain.ts';
import { type AuditSigner, checkpointSignatureProblem, type TrustedKeys } from './audit-signature.ts';
import { canonicalJson } from './canonical-json.ts';

/** Where chains ended at an instant, signed, and bound by its hash to the checkpoint before. As stored. */
export const checkpointSchema = z.object({
  seq: z.int(),
  /** Canonical JSON of what `bodySchema` says. */
  body: z.string(),
  signature: z.string(),
  /** SHA-256, hex, over body and signature. */
  hash: z.string(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

const bodySchema = z.object({
  seq: z.int(),
  /** The hash of the checkpoint before. */
  previous: z.string(),
  at: z.iso.datetime(),
  /** How many chains and events there were in all. */
  chains: z.int(),
  events: z.int(),
  /** The ends of those chains that have grown since the checkpoint before: place and hash. */
  heads: z.record(z.string(), z.tuple([z.int(), z.string()])),
});
export type CheckpointBody = z.infer<typeof bodySchema>;

/** @throws Error when it is no checkpoint; one whose signature is right is always one. */
export function readCheckpoint({ body }: Pick<Checkpoint, 'body'>): CheckpointBody {
  return bodySchema.parse(JSON.parse(body));
}

/** The end of a chain as it is now, and where it ended in the last checkpoint, 0 when it is in none. */
export interface GrownChain {
  chain: string;
  seq: number;
  hash: string;
  sealedSeq: number;
}

/** The checkpoint that follows another; the first one follows null. */
export function makeCheckpoint(
  previous: Checkpoint | null,
  { at, grown }: { at: number; grown: readonly GrownChain[] },
  signer: AuditSigner,
): Checkpoint {
  const before = previous && readCheckpoint(previous);
  const body = canonicalJson({
    seq: (before?.seq ?? 0) + 1,
    previous: previous?.hash ?? genesisHash,
    at: new Date(at).toISOString(),
    chains: (before?.chains ?? 0) + grown.filter(({ sealedSeq }) => sealedSeq === 0).length,
    events: (before?.events ?? 0) + grown.reduce((sum, { seq, sealedSeq }) => sum + seq - sealedSeq, 0),
    heads: Object.fromEntries(grown.map(({ chain, seq, hash }) => [chain, [seq, hash]])),
  });
  const signature = signer.signCheckpoint(body);
  return { seq: (before?.seq ?? 0) + 1, body, signature, hash: checkpointHash({ body, signature }) };
}

export function checkpointHash({ body, signature }: Pick<Checkpoint, 'body' | 'signature'>): string {
  return createHash('sha256').update(`${body}\n${signature}`, 'utf8').digest('hex');
}

/** Why a checkpoint is not the one that tminus wrote after another; null when it is. */
export function checkpointProblem(
  checkpoint: Checkpoint,
  previous: Pick<Checkpoint, 'seq' | 'hash'>,
  trusted: TrustedKeys,
): string | null {
  const expected = previous.seq + 1;
  if (checkpoint.seq !== expected) return `checkpoint ${expected} is missing`;
  if (checkpointHash(checkpoint) !== checkpoint.hash) return 'its contents were changed';
  const problem = checkpointSignatureProblem(checkpoint, trusted);
  if (problem) return problem;
  const body = readCheckpoint(checkpoint);
  if (body.seq !== expected) return 'it was moved from another place';
  return body.previous === previous.hash ? null : 'it does not follow the checkpoint before it';
}
