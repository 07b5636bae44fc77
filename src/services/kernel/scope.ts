import type { Json } from '../../core/audit/canonical-json.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import type { TrailAction } from '../../core/trail/event-kinds.ts';
import type { ShownTo } from '../../db/queries/invalidate-cards.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { WorkItem } from '../ports/work-notifier.ts';
import type { Ctx } from './context.ts';

/** One event of the audit trail. Actor and instant are added. */
export interface AuditEntry {
  /** `vote.cast`: what was done, in the past tense. Each has its sentence in `src/core/trail/sentences/`. */
  action: TrailAction;
  /** Null for what concerns no release. */
  releaseId: string | null;
  /** The id of the poll, operation or communication that it is about. */
  subject?: string;
  details?: Json;
}

/** With which right somebody acts: what it allows them, and the roles that give it to them. */
export interface ActorsRight {
  to: ReleaseCapability;
  /** Roles of the release, `release_creator`, or roles of the organization. */
  as: readonly string[];
}

/** What a verb works with inside its transaction. */
export interface Scope {
  ctx: Ctx;
  tx: Transaction;
  /** The release clock's instant at which the request happens, epoch ms; one for the whole request. */
  now: number;
  /** Appends to the audit trail of a release, or of the workspace when `releaseId` is null. */
  audit(entry: AuditEntry): void;
  /** What is audited from now on says that it was done with this right. */
  actWith(right: ActorsRight): void;
  /**
   * Has the live cards of a release drawn again. Ballots and homes are those of `shownTo`, if it is given: what
   * changed shows on nobody else's.
   */
  invalidateCards(releaseId: string, shownTo?: ShownTo): void;
  /** Sent after the commit. */
  notify(item: WorkItem): void;
}
