import { and, asc, eq, gt } from 'drizzle-orm';
import {
  type AuditLink,
  type BrokenLink,
  type ChainPlace,
  checkEnd,
  followChain,
  startOfChain,
} from '../../core/audit/audit-chain.ts';
import type { TrustedKeys } from '../../core/audit/audit-signature.ts';
import type { SealedPlaces } from '../../core/audit/sealed-places.ts';
import { auditEvents, auditHeads } from '../../db/schema/audit.ts';
import type { Queries } from '../../db/transaction.ts';

/** Events read by one statement: a chain may be long, and no statement may take long. */
const pageSize = 1_000;

/** Goes over a chain page by page; what was read stays true, since events are only ever added at the end. */
export async function verifyChain(
  db: Queries,
  chain: string,
  { trusted, places }: { trusted: TrustedKeys; places: SealedPlaces },
): Promise<{ events: number; redacted: number; broken: BrokenLink | null }> {
  const check = places.checkLinks(chain, trusted);
  let place = startOfChain(chain);
  let broken: BrokenLink | null = null;
  let events = 0;
  let redacted = 0;
  let after: number | null = null;
  for (;;) {
    const page = await loadPage(db, chain, after);
    events += page.links.length;
    redacted += page.links.filter(({ redaction }) => redaction !== null).length;
    if (!broken) ({ end: place, broken } = followChain(place, page.links, check));
    after = page.links.at(-1)?.seq ?? after;
    if (page.links.length < pageSize) {
      return { events, redacted, broken: broken ?? places.checkLength(place) ?? checkEnd(place, page.head) };
    }
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
