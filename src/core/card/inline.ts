import type { Destination } from '../address/destination.ts';
import type { Identity } from '../people/identity.ts';
import type { Bar } from './bar.ts';

/** `countdown`: the instant, and how far away it is when it is read. */
export type TimeStyle = 'absolute' | 'relative' | 'countdown';

/** A run of text within a line. Text is always literal: no platform reads markup, mentions or links in it. */
export type Inline =
  | { type: 'text'; text: string; bold?: boolean; italic?: boolean; code?: boolean }
  /** An instant (ISO 8601, UTC). `fallback` is shown where a platform can't localise it. */
  | { type: 'time'; instant: string; fallback: string; style: TimeStyle }
  | { type: 'link'; url: string; text: string }
  /** A command to type, `promote` with `web-2.4.0`; each platform spells it as it is typed there. */
  | { type: 'command'; command: string; args: string }
  /** Somebody. `mention`: they are to act, so a platform on which they have an account notifies them. */
  | { type: 'person'; name: string; mention: boolean; identities: readonly Identity[] }
  /**
   * A channel by its name, `#release-deployment`; the platform whose `destination` it is links it. `mention`: a group of
   * people who are to act, so the platform notifies them.
   */
  | { type: 'place'; name: string; destination: Destination | null; mention?: true }
  | Bar;

/** Shorthand for literal text. */
export function text(value: string): Inline {
  return { type: 'text', text: value };
}

/** Shorthand for literal text in bold. */
export function bold(value: string): Inline {
  return { type: 'text', text: value, bold: true };
}

/** Shorthand for a command to type: `command('release', 'show web-2.4.0')`. */
export function command(name: string, args = ''): Inline {
  return { type: 'command', command: name, args };
}

/** Shorthand for somebody who is to act, with their accounts: whoever has one on the platform is notified. */
export function mention(person: { name: string; identities: readonly Identity[] }): Inline {
  return { type: 'person', name: person.name, mention: true, identities: person.identities };
}
