/**
 * The neutral card: what a message says, free of any platform.
 *
 * Makers build it from a domain view; each platform renders it within its own limits. Text is always
 * literal: nothing in a `text` is ever read as markup, a mention or a link by a platform.
 */

import type { Identity } from '../people/identity.ts';
import type { Inline } from './inline.ts';
import { inlines, type Line } from './line.ts';

export { bold, command, type Inline, mention, text } from './inline.ts';

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

/** A page elsewhere: a dashboard, a runbook, release notes. */
export interface Link {
  label: string;
  url: string;
}

/** A name with what belongs to it. */
export interface Field {
  name: string;
  content: Inline[];
}

export type Block =
  | { type: 'header'; text: string }
  /** `asks`: for what the buttons of its message do, so that it goes when they have gone. */
  | { type: 'paragraph'; content: Inline[]; asks?: true }
  | { type: 'list'; ordered: boolean; items: Inline[][] }
  | { type: 'quote'; content: Inline[] }
  | { type: 'code'; text: string }
  /** A small, grey line. */
  | { type: 'note'; content: Inline[] }
  | { type: 'fields'; fields: Field[] }
  /** A row of links. */
  | { type: 'links'; links: readonly Link[] }
  | { type: 'divider' }
  | { type: 'actions'; buttons: Button[] };

export interface Card {
  /** One line: the notification, and what a screen reader says first. */
  summary: Line;
  blocks: Block[];
  /** Who has something of their own on it, such as a vote, where a platform shows each reader a card of their own. */
  readers?: readonly Identity[];
}

/** Shorthand for a paragraph of lines and inlines. */
export function paragraph(...content: (Inline | Line)[]): Block {
  return { type: 'paragraph', content: content.flatMap((part) => inlines(toLine(part))) };
}

/** Shorthand for a paragraph that asks people to use the buttons of its message. */
export function request(content: Line): Block {
  return { type: 'paragraph', content: inlines(content), asks: true };
}

/** Shorthand for a small, grey line. */
export function note(content: Line): Block {
  return { type: 'note', content: inlines(content) };
}

/** Shorthand for a name with a line. */
export function field(name: string, content: Line): Field {
  return { name, content: inlines(content) };
}

/** A row of links; none: no row. */
export function linkBlocks(links: readonly Link[]): Block[] {
  return links.length === 0 ? [] : [{ type: 'links', links }];
}

/** What stands between the links of a row, and the content of the row as a line. */
export function linkRow(links: readonly Link[]): Inline[] {
  return links.flatMap(({ label, url }, index): Inline[] => {
    const link: Inline = { type: 'link', url, text: label };
    return index === 0 ? [link] : [{ type: 'text', text: ' · ' }, link];
  });
}

/** A field as a line: the name in bold, then what belongs to it. */
export function fieldLine({ name, content }: Field): Inline[] {
  return [{ type: 'text', text: `${name}: `, bold: true }, ...content];
}

function toLine(part: Inline | Line): Line {
  return typeof part === 'object' && 'type' in part ? [part] : part;
}

/** The card for those who can't press its buttons. */
export function withoutButtons(card: Card): Card {
  return { ...card, blocks: card.blocks.filter(({ type }) => type !== 'actions') };
}
