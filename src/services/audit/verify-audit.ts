import { and, asc, eq, gt, notExists, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import {
  type AuditLink,
  type BrokenLink,
  type ChainPlace,
  checkEnd,
  followChain,
  startOfChain,
} from '../../core/audit/audit-chain.ts';
import { auditEvents, auditHeads } from '../../db/schema/audit.ts';
import { releases } from '../../db/schema/release.ts';
import type { Queries } from '../../db/transaction.ts';

export interface AuditVerification {
  chains: number;
  events: number;
  /** The first broken link of each chain that is not intact. */
  broken: BrokenLink[];
}

/** Events read by one statement: a chain may be long, and no statement may take long. */
const pageSize = 1_000;

/** Recomputes every chain from its first event to its head. Right also while events are being added. */
export async function verifyAudit(db: Queries): Promise<AuditVerification> {
  const chains = await union(
    db.select({ chain: auditHeads.chain }).from(auditHeads),
    db.select({ chain: auditEvents.chain }).from(auditEvents),
  ).orderBy(asc(sql`chain`));
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

/** Goes over a chain page by page; what was read stays true, since events are only ever added at the end. */
async function verifyChain(
  db: Queries,
  chain: string,
): Promise<{ events: number; broken: BrokenLink | null }> {
  let place = startOfChain(chain);
  let broken: BrokenLink | null = null;
  let events = 0;
  let after: number | null = null;
  for (;;) {
    const page = await loadPage(db, chain, after);
    events += page.links.length;
    if (!broken) ({ end: place, broken } = followChain(place, page.links));
    after = page.links.at(-1)?.seq ?? after;
    if (page.links.length < pageSize) return { events, broken: broken ?? checkEnd(place, page.head) };
  }
}

interface Page {
  links: AuditLink[];
  head: ChainPlace;
}

/** Events and head in one statement: of the last page, both are of the same instant. `after` null: from the first. */
async function loadPage(db: Queries, chain: string, after: number | null): Promise<Page> {
  const isNext = and(eq(auditEvents.chain, chain), after === null ? undefined : gt(auditEvents.seq, after));
  const page = db
    .select()
    .from(auditEvents)
    .where(isNext)
    .orderBy(asc(auditEvents.seq))
    .limit(pageSize)
    .as('page');
  const head = db.select().from(auditHeads).where(eq(auditHeads.chain, chain)).as('head');
  const rows = await db.select().from(page).fullJoin(head, eq(page.chain, head.chain)).orderBy(asc(page.seq));
  return {
    links: rows.flatMap((row) => (row.page ? [row.page] : [])),
    head: rows[0]?.head ?? startOfChain(chain),
  };
}
