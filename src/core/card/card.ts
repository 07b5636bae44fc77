/**
 * The neutral card: what a message says, free of any platform.
 *
 * Makers build it from a domain view; each platform renders it within its own limits. Text is always
 * literal: nothing in a `text` is ever read as markup, a mention or a link by a platform.
 */

import type { Inline } from './inline.ts';
import { inlines, type Line } from './line.ts';

export { bold, command, type Inline, text } from './inline.ts';

export interface Button {
  /** What it asks for, such as `vote-go`; the platform routes on it. */
  action: string;
  label: string;
  style?: 'primary' | 'danger';
  /** Opaque to the platform; at most 2,000 characters. Never trusted for identity or rights. */
  value: string;
  /** Asked first. Without it the button acts at once, or opens a form that confirms it. */
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

/** The card for those who can't press its buttons. */
export function withoutButtons(card: Card): Card {
  return { ...card, blocks: card.blocks.filter(({ type }) => type !== 'actions') };
}
