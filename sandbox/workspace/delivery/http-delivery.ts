import { createHmac } from 'node:crypto';
import { newId } from '../ids.ts';
import { parseJson } from '../json.ts';
import type { Table } from '../store.ts';
import type { StoredEnvelope } from '../stored.ts';
import {
  type Acknowledgement,
  type AppDelivery,
  type DeliveryRequest,
  type DeliveryTiming,
  responseOf,
} from './app-delivery.ts';

export interface HttpDeliveryParts {
  /** The app's address, such as `http://127.0.0.1:3000/slack/events`. */
  url: string;
  signingSecret: string;
  envelopes: Table<StoredEnvelope>;
  wall: () => number;
  timing: DeliveryTiming;
  onConnected: (connected: boolean) => void;
}

/** `retry`: an event that was not taken may be sent again. */
interface Attempt extends Acknowledgement {
  retry: boolean;
  retryReason?: 'http_timeout' | 'http_error' | 'connection_failed';
}

/** Signed requests to the app. Events are sent again up to three times; commands and interactions never. */
export class HttpDelivery implements AppDelivery {
  readonly #parts: HttpDeliveryParts;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #reachable = true;

  constructor(parts: HttpDeliveryParts) {
    this.#parts = parts;
    for (const envelope of parts.envelopes.values()) this.#schedule(envelope, 'connection_failed');
  }

  /** Whether the last request reached the app; true before the first. */
  connected(): boolean {
    return this.#reachable;
  }

  disconnect(): number {
    return 0;
  }

  async deliver(request: DeliveryRequest): Promise<Acknowledgement> {
    const envelope = { ...request, id: newId('E'), attempts: 1, createdWallMs: this.#parts.wall() };
    if (request.kind === 'events_api') this.#parts.envelopes.put(envelope.id, envelope);
    const { retry, retryReason, ...acknowledgement } = await this.#attempt(envelope);
    if (request.kind === 'events_api') this.#after(envelope, retry, retryReason);
    return acknowledgement;
  }

  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #after(envelope: StoredEnvelope, retry: boolean, reason: Attempt['retryReason']): void {
    if (this.#closing.signal.aborted) return;
    const { redeliveryDelaysMs, eventLifetimeMs } = this.#parts.timing;
    const expired = this.#parts.wall() - envelope.createdWallMs >= eventLifetimeMs;
    if (!retry || envelope.attempts > redeliveryDelaysMs.length || expired) {
      this.#parts.envelopes.delete(envelope.id);
      return;
    }
    this.#schedule(envelope, reason ?? 'connection_failed');
  }

  #schedule(previous: StoredEnvelope, reason: NonNullable<Attempt['retryReason']>): void {
    const delay = this.#parts.timing.redeliveryDelaysMs[previous.attempts - 1] ?? 0;
    const timer = setTimeout(async () => {
      this.#timers.delete(timer);
      const envelope = { ...previous, attempts: previous.attempts + 1 };
      this.#parts.envelopes.put(envelope.id, envelope);
      const { retry, retryReason } = await this.#attempt(envelope, reason);
      this.#after(envelope, retry, retryReason);
    }, delay);
    this.#timers.add(timer);
  }

  async #attempt(envelope: StoredEnvelope, reason?: string): Promise<Attempt> {
    const { contentType, body } = encode(envelope);
    const retryHeaders = reason
      ? { 'x-slack-retry-num': String(envelope.attempts - 1), 'x-slack-retry-reason': reason }
      : {};
    const startedMs = performance.now();
    const timeout = AbortSignal.timeout(this.#parts.timing.ackTimeoutMs);
    try {
      const response = await fetch(this.#parts.url, {
        method: 'POST',
        headers: { 'content-type': contentType, ...signature(this.#parts, body), ...retryHeaders },
        body,
        signal: AbortSignal.any([timeout, this.#closing.signal]),
      });
      const text = await response.text();
      this.#setReachable(true);
      return answered(response, text, performance.now() - startedMs);
    } catch (error) {
      if (timeout.aborted) return { status: 'timed-out', retry: true, retryReason: 'http_timeout' };
      this.#setReachable(false);
      const detail = `The app at ${this.#parts.url} can't be reached: ${String(error)}`;
      return { status: 'not-delivered', detail, retry: true, retryReason: 'connection_failed' };
    }
  }

  #setReachable(reachable: boolean): void {
    if (this.#reachable === reachable || this.#closing.signal.aborted) return;
    this.#reachable = reachable;
    this.#parts.onConnected(reachable);
  }
}

/** Slack's signature headers: HMAC-SHA256 of `v0:timestamp:body`. */
export function signature(
  { signingSecret, wall }: Pick<HttpDeliveryParts, 'signingSecret' | 'wall'>,
  body: string,
): Record<string, string> {
  const timestamp = String(Math.floor(wall() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
}

/** What Slack sends over HTTP: an event as JSON; an interaction as a form's one field; a command as its fields. */
export function encode({ kind, payload }: Pick<StoredEnvelope, 'kind' | 'payload'>): {
  contentType: string;
  body: string;
} {
  if (kind === 'events_api') return { contentType: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs).toString() };
}

function answered(response: Response, text: string, ackMs: number): Attempt {
  if (!response.ok) {
    const retry = response.headers.get('x-slack-no-retry') !== '1';
    const detail = `The app answered with HTTP ${response.status}.`;
    return { status: 'not-delivered', detail, retry, retryReason: 'http_error' };
  }
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const payload = isJson ? parseJson(text) : text;
  return { status: 'acknowledged', ackMs, response: responseOf(payload), retry: false };
}
