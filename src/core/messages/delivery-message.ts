import { type Block, type Card, paragraph, withoutButtons } from '../card/card.ts';

/** A message of which the release manager is notified. */
interface Delivery {
  releaseKey: string;
  /** Where it was to go, by name. */
  place: string;
  /** What it is: a communication's key, `decision-outcome`. */
  subject: string;
}

/** The notice to the release manager about a message that is given up. */
export function failedDeliveryMessage(delivery: Delivery & { reason: string }): Card {
  const { releaseKey, place, subject, reason } = delivery;
  const summary = `${releaseKey}: a message to ${place} could not be delivered`;
  return {
    summary,
    blocks: [
      paragraph(`${summary}: ${subject}.`),
      paragraph(`The reason: ${reason}. Fix that, then tell ${place} yourself; it is not sent again.`),
    ],
  };
}

/**
 * The notice to the release manager about a message that has been failing for long and goes on being tried. It may be
 * read much later, since it waits in the outbox itself; so it says what was true when.
 */
export function delayedDeliveryMessage(
  delivery: Delivery & {
    /** Local times in the release's zone. */
    at: string;
    failingSince: string;
    mayHaveArrived: boolean;
    lastError: string;
  },
): Card {
  const { releaseKey, place, subject, at, failingSince, mayHaveArrived, lastError } = delivery;
  const summary = `${releaseKey}: a message to ${place} is held up`;
  const state = mayHaveArrived
    ? `At ${at} it was not known whether it had been posted`
    : `At ${at} it was not posted yet`;
  return {
    summary,
    blocks: [
      paragraph(`${summary}: ${subject}.`),
      paragraph(`${state}; the first attempt failed at ${failingSince}.`),
      paragraph(`The last attempt: ${lastError}`),
      paragraph(
        'It goes on being tried, for a day at least. What is to follow in the same place waits, so that the order stays.',
      ),
      paragraph(
        `If it is urgent, look whether it has arrived by now. If not, tell ${place} yourself; it is posted all the same when that is possible again.`,
      ),
    ],
  };
}

/** Asks the release manager about a message that may have arrived and can't be looked up. */
export function unknownDeliveryMessage(
  delivery: Delivery & {
    deliveryId: string;
    reason: string;
    /** The message; null for a live card, which would show the state of its moment. */
    content: Card | null;
  },
): Card {
  const { releaseKey, place, subject, deliveryId, reason, content } = delivery;
  const summary = `${releaseKey}: did a message to ${place} arrive?`;
  const value = (arrived: boolean) => JSON.stringify({ deliveryId, arrived });
  return {
    summary,
    blocks: [
      paragraph(`${summary} It is ${subject}. Nobody knows: ${reason}.`),
      ...textOf(content),
      paragraph(`Look at ${place}. It is not sent again unless you say so.`),
      {
        type: 'actions',
        buttons: [
          { action: 'settle-delivery', label: 'It arrived', value: value(true) },
          { action: 'settle-delivery', label: 'Send it again', style: 'primary', value: value(false) },
        ],
      },
    ],
  };
}

function textOf(content: Card | null): Block[] {
  if (!content) return [];
  return [{ type: 'divider' }, ...withoutButtons(content).blocks, { type: 'divider' }];
}
