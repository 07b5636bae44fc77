/**
 * What to look at next. Rows are the truth and a wake-up only points at them, so one that gets lost
 * costs a sweep's wait and nothing else.
 */
export type WorkItem =
  | { job: 'timer'; timerId: string; revision: number; dueAt: number }
  | { job: 'delivery'; destination: string; delayMs?: number }
  | { job: 'card'; destination: string; delayMs?: number }
  | { job: 'operation'; releaseId: string; delayMs?: number };

/** Hands wake-ups to the queue, or to who is at work already. Never throws: what is not taken is found by the sweep. */
export interface WorkNotifier {
  notify(workItems: readonly WorkItem[]): Promise<void>;
}
