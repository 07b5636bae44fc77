import type { ApiCall, ClockState, WorkspaceEvent } from '../control-api.ts';
import type { AppDelivery } from './delivery/app-delivery.ts';
import type { Directory } from './directory.ts';
import type { FaultSwitches } from './faults.ts';
import type { MessageBook } from './message-book.ts';
import type { WorkspaceOptions } from './options.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import type { ViewBook } from './view-book.ts';

/** The parts of a running workspace, for those who handle its requests. */
export interface Core {
  options: WorkspaceOptions;
  directory: Directory;
  messages: MessageBook;
  views: ViewBook;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  limits: RateLimits;
  faults: FaultSwitches;
  delivery: AppDelivery;
  apiCalls: ApiCallLog;
  /** `http://127.0.0.1:port` */
  baseUrl: () => string;
  /** A fresh Socket Mode address; null when the app is told by HTTP. */
  socketUrl: () => string | null;
  clockState: () => Promise<ClockState>;
  publish: (event: WorkspaceEvent) => void;
}

const KEPT_CALLS = 10_000;

/** What the app asked of the Web API, the latest of it. Numbers begin at 1 with each start. */
export class ApiCallLog {
  #calls: ApiCall[] = [];
  #seq = 0;

  add(call: Omit<ApiCall, 'seq'>): void {
    this.#seq += 1;
    this.#calls.push({ ...call, seq: this.#seq });
    if (this.#calls.length > 2 * KEPT_CALLS) this.#calls = this.#calls.slice(-KEPT_CALLS);
  }

  since(seq: number): ApiCall[] {
    return this.#calls.slice(-KEPT_CALLS).filter((call) => call.seq > seq);
  }
}
