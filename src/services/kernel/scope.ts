import type { Json } from '../../core/audit/canonical-json.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { WorkItem } from '../ports/work-notifier.ts';
import type { Ctx } from './context.ts';

/** What a verb works with inside its transaction. */
export interface Scope {
  ctx: Ctx;
  tx: Transaction;
  /** The release clock's instant at which the act happens, epoch ms; one for the whole act. */
  now: number;
  /** Appends to the audit trail of a release, or of the workspace when `releaseId` is null. */
  audit(event: { action: string; releaseId: string | null; subject?: string; details?: Json }): void;
  /** Marks the live cards of a release, and the homes of its people, for a refresh. */
  invalidateCards(releaseId: string): void;
  /** Sent after the commit. */
  notify(item: WorkItem): void;
}
