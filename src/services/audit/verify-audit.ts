import { and, asc, eq, notExists, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import type { Anchor } from '../../core/audit/anchor.ts';
import type { BrokenLink } from '../../core/audit/audit-chain.ts';
import type { TrustedKeys } from '../../core/audit/audit-signature.ts';
import type { Checkpoint } from '../../core/audit/checkpoint.ts';
import { auditEvents, auditHeads } from '../../db/schema/audit.ts';
import { releases } from '../../db/schema/release.ts';
import type { Queries } from '../../db/transaction.ts';
import { compareState } from './compare-state.ts';
import { verifyAnchors } from './verify-anchors.ts';
import { verifyChain } from './verify-chain.ts';
import { checkpointsName, type VerifiedCheckpoints, verifyCheckpoints } from './verify-checkpoints.ts';

export interface AuditVerification {
  /** The last one of those that are as they were written. */
  checkpoint: Checkpoint | null;
  chains: number;
  events: number;
  /** Of these, those from which something was removed; what is left of them is signed. */
  redacted: number;
  /**
   * The first broken link of each chain that is not intact, and of the checkpoints; rows that say otherwise than an
   * intact chain, `seq` 0 where no event speaks of them.
   */
  broken: BrokenLink[];
}

interface VerifySettings {
  /** Whose signatures count. */
  trusted: TrustedKeys;
  /** What was kept of checkpoints outside the database. */
  anchors?: readonly Anchor[];
}

/**
 * Recomputes every chain from its first event to its head, checks the signature of each event, compares the chains with
 * the checkpoints, and the rows with the chains. Right also while events are being added.
 */
export async function verifyAudit(db: Queries, settings: VerifySettings): Promise<AuditVerification> {
  // First: what is added from now on is in none of them.
  const checkpoints = await verifyCheckpoints(db, settings);
  const chains = await listChains(db, checkpoints);
  const broken = [...checkpoints.broken];
  let events = 0;
  let redacted = 0;
  for (const chain of chains) {
    const verified = await verifyChain(db, chain, { trusted: settings.trusted, places: checkpoints.places });
    events += verified.events;
    redacted += verified.redacted;
    broken.push(...(verified.broken ? [verified.broken] : await compareState(db, chain)));
  }
  broken.push(...(await verifyAnchors(db, settings)).filter((one) => isNews(broken, one)));
  if (checkpoints.last === null && events > 0) broken.unshift(noCheckpoint);
  const known = new Set(chains);
  // Its rows are there even while it has no events.
  if (!known.has('workspace')) broken.push(...(await compareState(db, 'workspace')));
  broken.push(...(await findReleasesWithoutTrail(db)).filter(({ chain }) => !known.has(chain)));
  return { checkpoint: checkpoints.last, chains: chains.length, events, redacted, broken };
}

/** Of a chain, the first broken link says it all. */
function isNews(broken: readonly BrokenLink[], { chain }: BrokenLink): boolean {
  return !broken.some((known) => known.chain === chain && known.seq > 0);
}

const noCheckpoint: BrokenLink = {
  chain: checkpointsName,
  seq: 1,
  problem: 'there is none: they were removed, or tminus has not been started since it signs its trail',
};

/** Those that there are, and those that there were. */
async function listChains(db: Queries, { places }: VerifiedCheckpoints): Promise<string[]> {
  const rows = await union(
    db.select({ chain: auditHeads.chain }).from(auditHeads),
    db.select({ chain: auditEvents.chain }).from(auditEvents),
  ).orderBy(asc(sql`chain`));
  const there = new Set(rows.map(({ chain }) => chain));
  return [...there, ...[...places.chains()].filter((chain) => !there.has(chain))];
}

/** A release is created with its first event: without one, its trail was taken away as a whole. */
async function findReleasesWithoutTrail(db: Queries): Promise<BrokenLink[]> {
  const chain = sql<string>`${releases.id}::text`;
  const events = db
    .select({ chain: auditEvents.chain })
    .from(auditEvents)
    .where(eq(auditEvents.chain, chain));
  const heads = db.select({ chain: auditHeads.chain }).from(auditHeads).where(eq(auditHeads.chain, chain));
  const rows = await db
    .select({ chain, key: releases.key })
    .from(releases)
    .where(and(notExists(events), notExists(heads)))
    .orderBy(asc(releases.key));
  return rows.map(({ chain, key }) => ({ chain, seq: 1, problem: `the trail of release ${key} is gone` }));
}
