import type { ContextBlock, ContextBlockElement } from '@slack/types';
import { barText } from '../../../core/card/bar.ts';
import type { Inline } from '../../../core/card/card.ts';
import { cleanText, isBlank, isolateDirection, truncate } from '../../text/literal.ts';
import { escapeMarkup } from './escape-markup.ts';
import {
  dateFormat,
  linkableUrl,
  linkedChannel,
  mentionedUser,
  spellCommand,
  timeFallback,
  unixSeconds,
} from './inline.ts';
import { slackLimits } from './limits.ts';

type NoteInline =
  | Extract<Inline, { type: 'text' | 'time' | 'link' }>
  /** Markup for an id, of a person or a channel. */
  | { type: 'reference'; markup: string };

/** Labels that mrkdwn can't read as anything but text. */
const inertLabel = /^[\p{L}\p{N} .,()/+-]+$/u;

/**
 * A small grey line, or null when a context block can't show this content literally and whole, or would set a full
 * stop apart from its sentence: Slack leaves a gap between elements.
 * Foreign text is only ever plain text; mrkdwn is used for ids, timestamps and URLs made here.
 */
export function renderContext(content: Inline[]): ContextBlock | null {
  const elements: ContextBlockElement[] = [];
  const parts = joinTexts(content);
  if (parts.some(isGlued)) return null;
  for (const part of parts.filter(isShown)) {
    const element = contextElement(part);
    if (element === null) return null;
    elements.push(element);
  }
  if (elements.length === 0 || elements.length > slackLimits.contextElements) return null;
  return { type: 'context', elements };
}

/** Whether a text follows the element before it, or leads to the next one, without a blank between them. */
function isGlued(part: NoteInline, index: number, parts: readonly NoteInline[]): boolean {
  if (part.type !== 'text') return false;
  const shown = cleanText(part.text);
  return (index > 0 && /^\S/.test(shown)) || (index < parts.length - 1 && /\S$/.test(shown));
}

/** Blank texts only separate. */
function isShown(part: NoteInline): boolean {
  return part.type !== 'text' || !isBlank(cleanText(part.text));
}

/** Emphasis and code have no place in a note, so neighbouring texts become one. */
function joinTexts(content: Inline[]): NoteInline[] {
  const joined: NoteInline[] = [];
  for (const inline of content) {
    const part = toNoteInline(inline);
    const previous = joined.at(-1);
    if (part.type === 'text' && previous?.type === 'text') {
      joined[joined.length - 1] = { type: 'text', text: previous.text + part.text };
    } else joined.push(part);
  }
  return joined;
}

function toNoteInline(inline: Inline): NoteInline {
  switch (inline.type) {
    case 'command':
      return { type: 'text', text: spellCommand(inline) };
    case 'bar':
      return { type: 'text', text: barText(inline) };
    case 'person':
      return reference('@', mentionedUser(inline), inline.name);
    case 'place':
      return reference('#', linkedChannel(inline), inline.name);
    default:
      return inline;
  }
}

function reference(sign: '@' | '#', id: string | null, name: string): NoteInline {
  return id === null ? { type: 'text', text: name } : { type: 'reference', markup: `<${sign}${id}>` };
}

function contextElement(part: NoteInline): ContextBlockElement | null {
  switch (part.type) {
    case 'text':
      return plain(part.text);
    case 'time': {
      const seconds = unixSeconds(part.instant);
      const fallback = timeFallback(part).replace(/[|\n]/g, ' ');
      return seconds === null
        ? plain(fallback)
        : markup(`<!date^${seconds}^${dateFormat(part.style)}|${escapeMarkup(fallback)}>`);
    }
    case 'reference':
      return markup(part.markup);
    case 'link':
      return linkMarkup(part.url, cleanText(part.text));
  }
}

/** The text as a plain context element; null when it is longer than one may be. */
function plain(raw: string): ContextBlockElement | null {
  const text = isolateDirection(cleanText(raw).trim());
  if (isBlank(text) || text.length > slackLimits.contextText) return null;
  return { type: 'plain_text', text, emoji: false };
}

function markup(text: string): ContextBlockElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

function linkMarkup(rawUrl: string, label: string): ContextBlockElement | null {
  const url = linkableUrl(rawUrl);
  if (url === null) return plain(isBlank(label) ? rawUrl : label);
  if (!inertLabel.test(label)) return null;
  return markup(`<${escapeMarkup(url.replace(/\|/g, '%7C'))}|${truncate(label, slackLimits.linkText)}>`);
}
