import type { Destination } from '../../core/address/destination.ts';
import type { PostedMessage } from '../../core/address/posted-message.ts';
import type { Card } from '../../core/card/card.ts';
import type { MessageAbout } from '../../core/messages/message-about.ts';

export type { PostedMessage };

/** What came of one attempt to send. Only `unknown` may have been delivered all the same. */
export type SendOutcome =
  | { result: 'sent'; messageId: string; channelId: string }
  | { result: 'rate-limited'; retryAfterMs: number }
  /** Certainly not delivered, and worth another try. */
  | { result: 'not-sent'; detail: string }
  /** Timeout, reset or server error: nobody knows. Look it up before a second try. */
  | { result: 'unknown'; detail: string }
  /** The place takes nothing from tminus until somebody mends that; `detail` says how. */
  | { result: 'closed'; code: string; detail: string }
  /** The channel refuses this message for good. */
  | {
      result: 'refused';
      code: string;
      detail: string;
      /** The person has no account any more, or one that takes no messages. */
      recipientIsGone?: boolean;
    };

/** What came of one attempt to edit. `refused` is about what was to be shown; the message itself can be edited. */
export type UpdateOutcome =
  | SendOutcome
  /** The message is not there any more. */
  | { result: 'gone'; code: string; detail: string }
  /** The message is there and can't be changed (any more). */
  | { result: 'not-editable'; code: string; detail: string };

/**
 * It could not be found out whether a message is there. Whoever gets this must not post again, but ask later.
 */
export class DeliveryLookupError extends Error {
  readonly code: string;
  /** Milliseconds to wait before asking again, when the channel said so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'DeliveryLookupError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * What carries messages to destinations: a chat platform or a notifier. Calls never throw unless told otherwise, and
 * never retry by themselves.
 */
export interface MessageChannel {
  /**
   * Posts once. `deliveryId` travels with the message, so that `find` can see it again. `replyTo`: below that
   * message, where the channel knows replies. `isStillOurs`: a channel that has to ask for something first, such as
   * the conversation with a person, asks this right before the message itself, and sends nothing when it is not.
   * `about`: what it is about, where it is of a release. `unsubscribeUrl`: where its reader ends this, for one of a list.
   */
  post(message: {
    destination: Destination;
    card: Card;
    deliveryId: string;
    about?: MessageAbout | undefined;
    unsubscribeUrl?: string | undefined;
    replyTo?: PostedMessage | undefined;
    isStillOurs?: () => Promise<boolean>;
  }): Promise<SendOutcome>;
  /**
   * Edits a message, or publishes a person's home when the destination's kind is `home`. A channel without it
   * carries messages that stay as they were posted: a live card is then a message of the state at its opening.
   */
  update?(message: PostedMessage & { destination: Destination; card: Card }): Promise<UpdateOutcome>;
  /**
   * The message that carries `deliveryId`, looking back to `since` (epoch ms); null: it is certainly not there. A
   * channel without it can't tell, so a person settles what may have arrived.
   * @throws DeliveryLookupError when the channel can't or won't say at the moment.
   */
  find?(query: {
    destination: Destination;
    deliveryId: string;
    since: number;
    replyTo?: PostedMessage | undefined;
  }): Promise<PostedMessage | null>;
  /**
   * Its other side knows a delivery by its id, and takes it once, however often it is posted: what may have arrived is
   * posted again.
   */
  readonly knowsRepeats?: true;
  /** Why nothing can be posted to an address, in a sentence; null when it can. A channel without it takes any. */
  problemOf?(id: string): string | null;
  /**
   * The ids of the configured recipients, when an address is a list, each of whom gets a message of their own; else
   * null. A channel without it has no lists.
   */
  membersOf?(id: string): readonly string[] | null;
  /** Whether messages in a channel have threads, to which `replyTo` posts. One without it has none. */
  hasThreads?(id: string): boolean;
  /** The address under which people open a message; null when the channel can't say. */
  linkTo?(message: PostedMessage): Promise<string | null>;
  /** Why it can't be used at the moment, in sentences; null when it can. A channel without it can't tell before it sends. */
  checkAccess?(): Promise<string | null>;
  readonly limits: ChannelLimits;
  readonly pace: ChannelPace;
}

/** A channel that can do everything but read addresses, which is the affair of its platform's `Directory`. */
export type FullChannel = Required<
  Omit<MessageChannel, 'knowsRepeats' | 'problemOf' | 'membersOf' | 'checkAccess'>
>;

/** What a channel's messages may have. Length is the channel's own affair: it cuts a text with a visible mark. */
export interface ChannelLimits {
  /** Whether people can press buttons in its messages. They are left out otherwise. */
  buttons: boolean;
}

/** Least time between two calls at one destination, in ms of the wall clock. */
export interface ChannelPace {
  postIntervalMs: number;
  editIntervalMs: number;
}

/** Message channels by the name that destinations give. */
export type MessageChannels = ReadonlyMap<string, MessageChannel>;
