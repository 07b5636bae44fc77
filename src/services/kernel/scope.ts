import type { Json } from '../../core/audit/canonical-json.ts';
import type { ShownTo } from '../../db/queries/invalidate-cards.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { WorkItem } from '../ports/work-notifier.ts';
import type { Ctx } from './context.ts';

/** One event of the audit trail. Actor and instant are added. */
export interface AuditEntry {
  /** `vote.cast`: what was done, in the past tense. */
  action: string;
  /** Null for what concerns no release. */
  releaseId: string | null;
  /** The id of the poll, operation or communication that it is about. */
  subject?: string;
  details?: Json;
}

/** What a verb works with inside its transaction. */
export interface Scope {
  ctx: Ctx;
  tx: Transaction;
  /** The release clock's instant at which the request happens, epoch ms; one for the whole request. */
  now: number;
  /** Appends to the audit trail of a release, or of the workspace when `releaseId` is null. */
  audit(entry: AuditEntry): void;
  /**
   * Has the live cards of a release drawn again. Ballots and homes are those of `shownTo`, if it is given: what
   * changed shows on nobody else's.
   */
  invalidateCards(releaseId: string, shownTo?: ShownTo): void;
  /** Sent after the commit. */
  notify(item: WorkItem): void;
}
