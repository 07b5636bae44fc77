import type { DisconnectApp } from '../../control-api.ts';
import type { EnvelopeKind, JsonObject } from '../stored.ts';

/** What came of telling the app something. `response` is the acknowledgement's payload. */
export interface Acknowledgement {
  status: 'acknowledged' | 'timed-out' | 'not-delivered';
  /** Milliseconds until the acknowledgement. */
  ackMs?: number;
  response?: JsonObject;
  /** Why it was not delivered. */
  detail?: string;
}

export interface DeliveryRequest {
  kind: EnvelopeKind;
  payload: JsonObject;
  acceptsResponse: boolean;
}

/** The way from the workspace to the app: Socket Mode or signed HTTP. */
export interface AppDelivery {
  connected(): boolean;
  /** Resolves with the acknowledgement, or when Slack's time for it is over. Never rejects. */
  deliver(request: DeliveryRequest): Promise<Acknowledgement>;
  /** Answers how many connections were told. */
  disconnect(how: DisconnectApp['how']): number;
  close(): void;
}

/** Slack's times. Tests shorten them. */
export interface DeliveryTiming {
  /** How long the app has to acknowledge. */
  ackTimeoutMs: number;
  /** Before the first, second and third redelivery. */
  redeliveryDelaysMs: number[];
  /** An undelivered event is dropped after so long; a command or interaction, after the other. */
  eventLifetimeMs: number;
  interactionLifetimeMs: number;
}

export const slackTiming: DeliveryTiming = {
  ackTimeoutMs: 3_000,
  redeliveryDelaysMs: [0, 60_000, 300_000],
  eventLifetimeMs: 3_600_000,
  interactionLifetimeMs: 60_000,
};

/** The acknowledgement's payload as an object: a bare text is short for `{text}`. */
export function responseOf(payload: unknown): JsonObject {
  if (typeof payload === 'string') return payload === '' ? {} : { text: payload };
  return typeof payload === 'object' && payload !== null ? { ...payload } : {};
}
