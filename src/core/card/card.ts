/**
 * The neutral card: what a message says, free of any platform.
 *
 * Makers build it from a domain view; each platform renders it within its own limits. Text is always
 * literal: nothing in a `text` is ever read as markup, a mention or a link by a platform.
 */

import type { Identity } from '../people/identity.ts';
import { inlines, type Line } from './line.ts';

/** A run of text within a line. */
export type Inline =
  | { type: 'text'; text: string; bold?: boolean; italic?: boolean; code?: boolean }
  /** An instant (ISO 8601, UTC). `fallback` is shown where a platform can't localise it. */
  | { type: 'time'; instant: string; fallback: string; style: 'absolute' | 'relative' }
  | { type: 'link'; url: string; text: string }
  /** A command to type, `promote` with `web-2.4.0`; each platform spells it as it is typed there. */
  | { type: 'command'; command: string; args: string }
  /** Somebody. `mention`: they are to act, so a platform on which they have an account notifies them. */
  | { type: 'person'; name: string; mention: boolean; identities: readonly Identity[] };

export interface Button {
  /** Which act it asks for, such as `vote-go`; the platform routes on it. */
  action: string;
  label: string;
  style?: 'primary' | 'danger';
  /** Opaque to the platform; at most 2,000 characters. Never trusted for identity or rights. */
  value: string;
  /** Asked before the act. Without it, it is asked for at once, or the act opens a window that confirms it. */
  confirm?: Confirmation;
}

/** What a platform asks before a button acts. The card may be old by then, so it says nothing that can change. */
export interface Confirmation {
  title: string;
  text: string;
  /** The label that acts. */
  confirm: string;
  /** The label that does nothing. */
  deny: string;
}

export type Block =
  | { type: 'header'; text: string }
  | { type: 'paragraph'; content: Inline[] }
  | { type: 'list'; ordered: boolean; items: Inline[][] }
  | { type: 'quote'; content: Inline[] }
  | { type: 'code'; text: string }
  /** A small, grey line. */
  | { type: 'note'; content: Inline[] }
  | { type: 'divider' }
  | { type: 'actions'; buttons: Button[] };

export interface Card {
  /** One line: the notification, and what a screen reader says first. */
  summary: Line;
  blocks: Block[];
}

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

/** Shorthand for a paragraph of lines and inlines. */
export function paragraph(...content: (Inline | Line)[]): Block {
  return { type: 'paragraph', content: content.flatMap((part) => inlines(toLine(part))) };
}

/** Shorthand for a small, grey line. */
export function note(content: Line): Block {
  return { type: 'note', content: inlines(content) };
}

function toLine(part: Inline | Line): Line {
  return typeof part === 'object' && 'type' in part ? [part] : part;
}

/** The card for who can't press buttons in it. */
export function withoutButtons(card: Card): Card {
  return { ...card, blocks: card.blocks.filter(({ type }) => type !== 'actions') };
}
