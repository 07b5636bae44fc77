import type { Inline } from '../../../core/card/card.ts';
import { commandWords, inlineWords } from '../../../core/card/line.ts';
import { cleanText, isBlank, isolateDirection, truncate } from '../../text/literal.ts';
import type { Element } from './element.ts';
import { escapeMarkdown, inert } from './escape.ts';
import { teamsLimits } from './limits.ts';

type PersonInline = Extract<Inline, { type: 'person' }>;
type TimeInline = Extract<Inline, { type: 'time' }>;

/** Somebody whom Teams is to notify, as the card lists them beside its text. */
export interface Mention {
  type: 'mention';
  text: string;
  mentioned: { id: string; name: string };
}

/** The mentions of one card: the text of each stands for one person. */
export class Mentions {
  readonly #byId = new Map<string, Mention>();

  get entities(): Mention[] {
    return [...this.#byId.values()];
  }

  /** What stands in the text for them. */
  textFor(id: string, name: string): string {
    const known = this.#byId.get(id);
    if (known) return known.text;
    const shown =
      cleanText(name)
        .replace(/[<>&"*_[\]()`~\\]/g, ' ')
        .trim() || 'somebody';
    const taken = new Set(this.entities.map(({ text }) => text));
    let text = `<at>${shown}</at>`;
    // Two people of one name: an invisible difference keeps them apart.
    for (let more = '\u200b'; taken.has(text); more += '\u200b') text = `<at>${shown}${more}</at>`;
    this.#byId.set(id, { type: 'mention', text, mentioned: { id, name: text.slice(4, -5) } });
    return text;
  }
}

/** A command as it is typed in Teams: `@tminus promote web-2.4.0`. */
export function spellCommand(inline: Extract<Inline, { type: 'command' }>): string {
  return `@tminus ${commandWords(inline)}`;
}

/** Whom Teams is to notify; null where a name is enough, or all that is known. */
function mentionedAccount({ mention, identities }: PersonInline): string | null {
  return (mention && identities.find(({ platform }) => platform === 'teams')?.id) || null;
}

/** Whether a line can be shown as runs of plain text, in which nothing at all is read as markup. */
function isPlain(content: readonly Inline[]): boolean {
  return content.every(
    (part) =>
      (part.type !== 'time' || instantOf(part) === null) &&
      (part.type !== 'link' || linkableUrl(part.url) === null) &&
      (part.type !== 'person' || mentionedAccount(part) === null),
  );
}

/**
 * One line: as plain runs where it can be. Only an element that reads Markdown shows mentions and localised times, so
 * there foreign text is escaped.
 */
export function renderLine(content: readonly Inline[], mentions: Mentions, style: object = {}): Element {
  if (!isPlain(content)) {
    const text = content.map((part) => markdownOf(part, mentions)).join('');
    return { type: 'TextBlock', text, wrap: true, ...style };
  }
  return { type: 'RichTextBlock', inlines: content.flatMap((part) => runOf(part, style)) };
}

function runOf(part: Inline, style: object): Element[] {
  const text = isolateDirection(inert(wordsOf(part)));
  if (text === '') return [];
  const isCode = part.type === 'command' || (part.type === 'text' && part.code === true);
  return [
    {
      type: 'TextRun',
      text,
      ...style,
      ...(part.type === 'text' && part.bold ? { weight: 'Bolder' } : {}),
      ...(part.type === 'text' && part.italic ? { italic: true } : {}),
      ...(isCode ? { fontType: 'Monospace' } : {}),
    },
  ];
}

/** A part of a line in Markdown, for a `TextBlock` or a fact. */
export function markdownOf(part: Inline, mentions: Mentions): string {
  switch (part.type) {
    case 'time': {
      const instant = instantOf(part);
      // Teams counts no time: what is meant to be read as "in 17 hours" is the instant.
      return instant === null
        ? escapeMarkdown(part.fallback)
        : `{{DATE(${instant},SHORT)}} {{TIME(${instant})}}`;
    }
    case 'link': {
      const url = linkableUrl(part.url);
      const label = truncate(cleanText(part.text), teamsLimits.linkText);
      if (url === null) return escapeMarkdown(isBlank(label) ? part.url : label);
      return `[${escapeMarkdown(isBlank(label) ? url : label)}](${url.replace(/[()]/g, encodeURIComponent)})`;
    }
    case 'person': {
      const account = mentionedAccount(part);
      return account === null ? escapeMarkdown(part.name) : mentions.textFor(account, part.name);
    }
    case 'text':
      return emphasized(part);
    default:
      return escapeMarkdown(wordsOf(part));
  }
}

/** Markdown takes no blank between its marks and the word. */
function emphasized(part: Extract<Inline, { type: 'text' }>): string {
  const mark = part.bold ? '**' : part.italic ? '_' : '';
  const [, before = '', word = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(part.text) ?? [];
  return mark === '' || word === ''
    ? escapeMarkdown(part.text)
    : `${before}${mark}${escapeMarkdown(word)}${mark}${after}`;
}

/** In plain words, for places that can show nothing else. */
export function wordsOf(part: Inline): string {
  return inlineWords(part, spellCommand);
}

/** As the functions of a card take it: to the second, in UTC. Null when it is none. */
function instantOf({ instant }: TimeInline): string | null {
  const at = Date.parse(instant);
  const year = new Date(at).getUTCFullYear();
  return year >= 1970 && year <= 9999 ? new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z') : null;
}

/** The URL as Teams may link it, or null when it is not http or https, or too long. */
export function linkableUrl(raw: string): string | null {
  if (!URL.canParse(raw.trim())) return null;
  const url = new URL(raw.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.href.length <= teamsLimits.url ? url.href : null;
}
