import { createPublicKey, randomUUID } from 'node:crypto';
import { newPrivateKey, readPrivateKey } from '../../src/core/audit/audit-keys.ts';
import { createAuditSigner, trustKeys } from '../../src/core/audit/audit-signature.ts';
import type { Checkpoint } from '../../src/core/audit/checkpoint.ts';
import type { TrailWitness } from '../../src/jobs/maintenance/trail-witness.ts';
import type { TrailKeys } from '../../src/services/kernel/context.ts';

/** A key that nobody else has. */
export function makeTrailKeys(): TrailKeys {
  const key = readPrivateKey(newPrivateKey());
  if (!key) throw new Error('a new key can be read');
  return { signer: createAuditSigner(key, randomUUID), trusted: trustKeys([createPublicKey(key)]) };
}

/** The key of all worlds of a test file. */
export const testTrailKeys = makeTrailKeys();

export function createMemoryWitness(): TrailWitness {
  let kept: Checkpoint | null = null;
  return {
    latest: async () => kept,
    keep: async (checkpoint) => {
      kept = checkpoint;
    },
  };
}
