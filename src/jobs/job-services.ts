import type { Destination } from '../core/address/destination.ts';
import type { Card } from '../core/card/card.ts';
import type { Services } from '../services/kernel/context.ts';
import type { LateRequests, LeftRequest } from '../services/kernel/late-requests.ts';
import type { TrailWitness } from './maintenance/trail-witness.ts';

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
  retention: Retention;
  /** Null: the trail is anchored nowhere. */
  anchors: AnchorSettings | null;
}

/** Where the latest checkpoint of the trail is kept outside the database. */
export interface AnchorSettings {
  /** Milliseconds of the wall clock. */
  everyMs: number;
  /** An address as a plan writes it, such as `#audit`; null: in no channel. */
  channel: string | null;
  /** A file to append to; null: none. */
  file: string | null;
}

/** How long things are kept, in milliseconds; null: for ever. */
export interface Retention {
  /** The records of a release, from its end on, of the release's clock. */
  releasesMs: number | null;
  /** The first answer to a request, for a repeat of it, of the wall clock. */
  requestsMs: number | null;
  /** What is personal of people whose accounts were deactivated, from then on, of the release's clock. */
  peopleMs: number | null;
}

/** What the jobs work with besides the services. */
export interface JobServices extends Services {
  settings: JobSettings;
  /** Of this process, under which it claims. */
  processId: string;
  /** The deliveries that this process is sending: whatever else it has claimed was left behind by a failure. */
  heldDeliveries: Set<string>;
  /** Null when the subject is gone. */
  renderLiveCard: (card: LiveCardSubject) => Promise<Card | null>;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  /** What people asked for and were not answered yet. Left out where nobody can ask. */
  late?: {
    requests: LateRequests;
    /** Does it again, and answers. True when the person heard what came of it. */
    repeat: (request: LeftRequest) => Promise<boolean>;
  };
  witness: TrailWitness;
  /** Aborted when the process is about to stop: no new claims. */
  stopping: AbortSignal;
}
