import { adapterName } from './adapter-name.ts';

/**
 * What is reached at a destination. An `address` is one by itself, such as an e-mail address or a URL; a `form` is one
 * that a person has open, which can only be changed. A `group` is people whom the platform keeps together: each of them
 * gets a message of their own.
 */
const destinationKinds = ['channel', 'person', 'group', 'home', 'form', 'address'] as const;
export type DestinationKind = (typeof destinationKinds)[number];

/** Where one message goes. */
export interface Destination {
  /** Name of the message channel that carries it: a chat platform or a notifier, such as `slack`. */
  channel: string;
  kind: DestinationKind;
  /** As the message channel knows it, in whatever spelling it uses. */
  id: string;
}

/**
 * The one written form of a destination, `slack:channel:C123`, for database rows and queue ids. The id is
 * percent-encoded, so that any id survives, one with colons or slashes too.
 * @throws TypeError when the channel's name or the id can't be written.
 */
export function encodeDestination({ channel, kind, id }: Destination): string {
  if (!adapterName.test(channel)) throw new TypeError(`not the name of a message channel: ${channel}`);
  if (id === '' || /\p{Surrogate}/u.test(id))
    throw new TypeError('a destination needs an id of well-formed text');
  return `${channel}:${kind}:${encodeURIComponent(id)}`;
}

/** The destination that a text stands for. @throws TypeError unless it is what `encodeDestination` writes. */
export function decodeDestination(written: string): Destination {
  const [channel = '', kind = '', encoded = '', ...rest] = written.split(':');
  const destination = isKind(kind) && rest.length === 0 ? { channel, kind, id: decodeId(encoded) } : null;
  if (!destination || encodeDestination(destination) !== written)
    throw new TypeError(`not a destination: ${written}`);
  return destination;
}

/** Whether both are the same place. */
export function isSameDestination(left: Destination, right: Destination): boolean {
  return left.channel === right.channel && left.kind === right.kind && left.id === right.id;
}

/** Whether one is the same place as one of the others. */
export function isAmong(one: Destination, others: readonly Destination[]): boolean {
  return others.some((other) => isSameDestination(one, other));
}

/** Each place once, where it comes first. */
export function placesOnce(places: readonly Destination[]): Destination[] {
  return places.filter((one, index) => !isAmong(one, places.slice(0, index)));
}

function isKind(value: string): value is DestinationKind {
  return destinationKinds.some((kind) => kind === value);
}

function decodeId(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}
