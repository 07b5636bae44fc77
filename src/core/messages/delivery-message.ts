import { type Block, type Card, paragraph, withoutButtons } from '../card/card.ts';
import { line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import { liveCardName } from './live-card-name.ts';
import { sendAgainButton, settleButtons } from './settle-buttons.ts';

/** A message of which the release manager is notified. */
interface Delivery {
  releaseKey: string;
  /** Where it was to go, by name. */
  place: string;
  /** What it is, as the outbox calls it. */
  subject: string;
  /** The message; null for a live card, which shows the state of its moment. */
  content: Card | null;
}

/** The notice to the release manager about a message that is given up, with its text and a way to send it again. */
export function failedDeliveryMessage(delivery: Delivery & { deliveryId: string; reason: string }): Card {
  const { releaseKey, place, subject, deliveryId, reason, content } = delivery;
  const summary = `${releaseKey}: a message to ${place} could not be delivered`;
  return {
    summary,
    blocks: [
      paragraph(`${summary}${content ? '.' : `: ${liveCardName(subject)}.`}`),
      paragraph(`Reason: ${asSentence(reason)}`),
      ...textOf(content),
      paragraph(
        "It won't be sent again unless you say so. First fix the cause, and check that the message is still true.",
      ),
      { type: 'actions', buttons: [sendAgainButton(deliveryId)] },
    ],
  };
}

/**
 * The notice to the release manager about a message that has been failing for long and goes on being tried. It may be
 * read much later, since it waits in the outbox itself; so it says what was true when.
 */
export function delayedDeliveryMessage(
  delivery: Delivery & {
    /** Epoch ms. */
    at: number;
    failingSince: number;
    /** The release's zone. */
    zone: string;
    mayHaveArrived: boolean;
    lastError: string;
  },
): Card {
  const { releaseKey, place, subject, content, at, failingSince, zone, mayHaveArrived, lastError } = delivery;
  const summary = `${releaseKey}: a message to ${place} is held up`;
  const state = mayHaveArrived ? 'It is not known whether it was posted' : 'It has not been posted';
  return {
    summary,
    blocks: [
      paragraph(`${summary}${content ? '.' : `: ${liveCardName(subject)}.`}`),
      paragraph(
        line`${state} as of ${localDate(at, zone)}. First failed attempt: ${localDate(failingSince, zone)}.`,
      ),
      paragraph(`Last attempt: ${asSentence(lastError)}`),
      paragraph('tminus keeps trying for at least a day. Later messages to the same place wait their turn.'),
      paragraph(
        `If it's urgent, check whether it has arrived. If not, tell ${place} yourself; tminus still posts it as soon as it can.`,
      ),
      ...textOf(content),
    ],
  };
}

/** Asks the release manager about a message that may have arrived and can't be looked up. */
export function unknownDeliveryMessage(
  delivery: Delivery & {
    deliveryId: string;
    reason: string;
  },
): Card {
  const { releaseKey, place, subject, deliveryId, reason, content } = delivery;
  const summary = `${releaseKey}: did a message to ${place} arrive?`;
  return {
    summary,
    blocks: [
      paragraph(
        `${summary}${content ? '' : ` It is ${liveCardName(subject)}.`} tminus can't tell: ${asSentence(reason)}`,
      ),
      ...textOf(content),
      paragraph(`Please look at ${place}. It won't be sent again unless you say so.`),
      { type: 'actions', buttons: settleButtons(deliveryId) },
    ],
  };
}

/** With one full stop, whether or not the reason came with its own. */
function asSentence(reason: string): string {
  return /[.!?…]$/.test(reason.trim()) ? reason.trim() : `${reason.trim()}.`;
}

function textOf(content: Card | null): Block[] {
  if (!content) return [];
  return [{ type: 'divider' }, ...withoutButtons(content).blocks, { type: 'divider' }];
}
