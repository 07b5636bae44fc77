import type { Transaction } from '../transaction.ts';

/** Any number will do, as long as it stays the same and no other lock has it. */
const lockKey = 0x70656f70;

/**
 * Lets one transaction at a time add people or connect their identities. It is held until the transaction ends, and
 * only by those: to find somebody who is known takes no lock.
 */
export async function lockPeople(tx: Transaction): Promise<void> {
  await tx.$client.query({ text: 'select pg_advisory_xact_lock($1)', values: [lockKey] });
}
