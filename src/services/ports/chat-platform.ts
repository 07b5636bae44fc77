import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';

/** What came of one attempt to send. Only `unknown` may have been delivered all the same. */
export type SendOutcome =
  | { result: 'sent'; messageId: string; channelId: string }
  | { result: 'rate-limited'; retryAfterMs: number }
  /** Certainly not delivered, and worth another try. */
  | { result: 'not-sent'; detail: string }
  /** Timeout, reset or server error: look it up before a second try. */
  | { result: 'unknown'; detail: string }
  /** The platform refuses this message for good. */
  | { result: 'refused'; code: string; detail: string };

/**
 * It could not be found out whether a message is there. Whoever gets this must not post again, but ask later.
 */
export class DeliveryLookupError extends Error {
  readonly code: string;
  /** Milliseconds to wait before asking again, when the platform said so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'DeliveryLookupError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A chat platform, as small as its use. Implementations never retry by themselves. */
export interface ChatPlatform {
  /** Posts once. `deliveryId` travels with the message so that `findDelivery` can see it again. */
  post(message: { destination: Destination; card: Card; deliveryId: string }): Promise<SendOutcome>;
  /** Edits a message, or publishes a person's home when the destination's kind is `home`. */
  update(message: {
    destination: Destination;
    messageId: string;
    channelId: string;
    card: Card;
  }): Promise<SendOutcome>;
  /**
   * The message that carries `deliveryId`, looking back to `since` (epoch ms); null: certainly not there.
   * @throws DeliveryLookupError when the platform can't or won't say.
   */
  findDelivery(query: {
    destination: Destination;
    deliveryId: string;
    since: number;
  }): Promise<{ messageId: string; channelId: string } | null>;
}
