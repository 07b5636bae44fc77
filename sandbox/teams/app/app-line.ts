import type { wrongTokens } from '../../teams-control-api.ts';
import { parseJson } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';

/** What came of telling the app something. `body`: what it answered to an act that waits for that. */
export interface AppAnswer {
  status: 'acknowledged' | 'timed-out' | 'not-delivered';
  ackMs?: number;
  httpStatus?: number;
  body?: unknown;
  /** Why it was not delivered. */
  detail?: string;
}

export interface AppLineParts {
  /** `http://127.0.0.1:port` of the app; null while nobody is there. */
  botUrl: () => string | null;
  /** The bearer for an activity. */
  sign: (wrong?: (typeof wrongTokens)[number]) => Promise<string | null>;
  timing: { messageTimeoutMs: number; invokeTimeoutMs: number };
  onConnected: (connected: boolean) => void;
}

/** The way to the app: one request for each activity. Like Teams, it repeats nothing by itself. */
export class AppLine {
  readonly #parts: AppLineParts;
  readonly #closing = new AbortController();
  #reachable = false;

  constructor(parts: AppLineParts) {
    this.#parts = parts;
  }

  /** Whether the app could be reached the last time. */
  connected(): boolean {
    return this.#reachable && this.#parts.botUrl() !== null;
  }

  close(): void {
    this.#closing.abort();
  }

  /** Resolves with the answer, or when Teams' time for it is over. Never rejects. */
  async deliver(activity: JsonObject, wrong?: (typeof wrongTokens)[number]): Promise<AppAnswer> {
    const url = this.#parts.botUrl();
    if (url === null) return { status: 'not-delivered', detail: 'No app is there.' };
    const { messageTimeoutMs, invokeTimeoutMs } = this.#parts.timing;
    const timeout = AbortSignal.timeout(activity.type === 'invoke' ? invokeTimeoutMs : messageTimeoutMs);
    const token = await this.#parts.sign(wrong);
    const startedMs = performance.now();
    try {
      const response = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(activity),
        signal: AbortSignal.any([timeout, this.#closing.signal]),
      });
      const text = await response.text();
      this.#setReachable(true);
      return answered(response.status, text, performance.now() - startedMs);
    } catch (error) {
      if (timeout.aborted) return { status: 'timed-out' };
      this.#setReachable(false);
      return { status: 'not-delivered', detail: `The app at ${url} can't be reached: ${String(error)}` };
    }
  }

  #setReachable(reachable: boolean): void {
    if (this.#reachable === reachable || this.#closing.signal.aborted) return;
    this.#reachable = reachable;
    this.#parts.onConnected(reachable);
  }
}

function answered(httpStatus: number, text: string, ackMs: number): AppAnswer {
  if (httpStatus < 200 || httpStatus > 299) {
    return { status: 'not-delivered', httpStatus, detail: `The app answered with HTTP ${httpStatus}.` };
  }
  return { status: 'acknowledged', httpStatus, ackMs, body: parseJson(text) };
}
