import type { Destination } from '../../core/address/destination.ts';

/**
 * What to look at next. Rows are the truth and a work item only points at them, so one that gets lost costs
 * nothing but the time until the next sweep.
 */
export type WorkItem =
  | { job: 'timer'; timerId: string; revision: number; dueAt: number }
  | { job: 'delivery'; destination: Destination; delayMs?: number }
  | { job: 'card'; destination: Destination; delayMs?: number }
  | { job: 'operation'; releaseId: string; delayMs?: number };

/** Hands work items to the queue. Never throws: what the queue does not take is found by the sweep. */
export interface WorkNotifier {
  notify(workItems: readonly WorkItem[]): Promise<void>;
}
