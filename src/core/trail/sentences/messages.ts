import { countWords } from '../../../lib/count-words.ts';
import { listWords } from '../../../lib/list-words.ts';
import { listOf, recordsOf, textOf } from '../../audit/read-details.ts';
import type { TrailEvent } from '../../audit/trail-event.ts';
import { because, type EventKinds, onRecord, plain, step, type TrailNames } from '../sentence.ts';

/** What was said, where, and what became of it. */
export const messageEvents = {
  'communication.sent': step((event, names) => ({
    says: `sent ${messageOf(event, names)} to ${placesOf(event)}`,
    evidence: wording(event),
  })),
  'communication.withheld': step(
    (event, names) =>
      `did not send ${messageOf(event, names)}${because(textOf(event.details.note)?.replace(/^Not sent: /, ''))}`,
  ),
  'communication.planned': step((event, names) => `planned ${messageOf(event, names)} again`),
  'communication.overdue': step(
    (event, names) =>
      `asked whether ${messageOf(event, names)} should still go out${because(event.details.reason)}`,
  ),
  'communication.settled': onRecord(({ details }, { message }) => {
    const items = listWords(listOf(details.keys).map((key) => `"${message(key)}"`));
    return details.send === true ? `had ${items} sent late` : `skipped ${items}`;
  }),
  'delivery.failed': step((event, names) => `could not deliver ${sentTo(event, names)}`),
  'delivery.unknown': step((event, names) => `does not know whether it delivered ${sentTo(event, names)}`),
  'delivery.handed-out': step((event, names) => {
    const { destination, count } = event.details;
    const copies = typeof count === 'number' ? `, by ${countWords(count, 'message')} of their own` : '';
    return `sends ${messageFor(event, names)} to the members of ${placeOf(destination, names)}${copies}`;
  }),
  'delivery.delayed': step((event, names) => `still tries to deliver ${sentTo(event, names)}`),
  'delivery.settled': onRecord((event, names) =>
    event.details.arrived === true
      ? `said that it arrived: ${sentTo(event, names)}`
      : `had it sent again: ${sentTo(event, names)}`,
  ),
  'correction.planned': step(({ details }, names) => ({
    says: `corrects what was said at ${placeOf(details.destination, names)}`,
    evidence: recordsOf(details.facts).map(
      ({ fact, from, to }) => `${plain(fact)}: ${plain(from)} became ${plain(to)}`,
    ),
  })),
  'correction.withdrawn': step(
    ({ details }, names) =>
      `withdrew a correction for ${placeOf(details.destination, names)}, which another change had overtaken`,
  ),
  'card.replaced': step(
    ({ details }, names) =>
      `posted the ${cardWords(details)} card again at ${placeOf(details.destination, names)}${because(details.reason)}`,
  ),
  'card.refused': step(
    ({ details }, names) =>
      `could not update the ${cardWords(details)} card at ${placeOf(details.destination, names)}${because(details.reason)}`,
  ),
  'card.closed': step(
    ({ details }, names) =>
      `can no longer reach the ${cardWords(details)} card at ${placeOf(details.destination, names)}${because(details.reason)}`,
  ),
  'card.moved': step(({ details }, names) => {
    const to = listOf(details.to).map((place) => names.place(place));
    return `moved the ${cardWords(details)} card from ${placeOf(details.from, names)} to ${listWords(to) || 'nowhere'}`;
  }),
} satisfies EventKinds;

function messageOf({ details }: TrailEvent, { message }: TrailNames): string {
  return `"${message(textOf(details.key) ?? 'a message')}"`;
}

function placesOf({ details }: TrailEvent): string {
  return listWords(listOf(details.addresses)) || 'nowhere';
}

function placeOf(destination: unknown, names: TrailNames): string {
  return names.place(textOf(destination) ?? 'an unknown place');
}

function messageFor({ details }: TrailEvent, { message }: TrailNames): string {
  const key = textOf(details.message);
  return key === undefined ? 'a message' : `"${message(key)}"`;
}

function sentTo(event: TrailEvent, names: TrailNames): string {
  const { details } = event;
  return `${messageFor(event, names)} to ${placeOf(details.destination, names)}${because(details.reason)}`;
}

function cardWords({ kind }: TrailEvent['details']): string {
  return textOf(kind) ?? 'live';
}

/** Customers read it: the wording is named by its hash. */
function wording({ details }: TrailEvent): string[] {
  const hash = textOf(details.wording);
  return hash === undefined ? [] : [`the wording with SHA-256 ${hash.slice(0, 12)}…`];
}
