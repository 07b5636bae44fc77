import type { Destination } from '../core/address/destination.ts';
import type { Card } from '../core/card/card.ts';
import type { Services } from '../services/kernel/context.ts';

/** Which live card to render, from the present state. */
export interface LiveCardSubject {
  kind: string;
  subjectId: string;
  destination: Destination;
  /** Since when the plan names other places for it. */
  leftSince?: Date | null;
}

/** Limits of the jobs; milliseconds of the wall clock. What a message channel asks for is the channel's own. */
export interface JobSettings {
  /** How long a claimed delivery belongs to its claimer: the request's timeout and a margin. */
  claimLeaseMs: number;
}

/** What the jobs work with besides the services. */
export interface JobServices extends Services {
  settings: JobSettings;
  /** Null when the subject is gone. */
  renderLiveCard: (card: LiveCardSubject) => Promise<Card | null>;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  /** Aborted when the process is about to stop: no new claims. */
  stopping: AbortSignal;
}
