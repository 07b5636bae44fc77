import type { RichTextElement } from '@slack/types';
import { barText } from '../../../core/card/bar.ts';
import type { Inline } from '../../../core/card/card.ts';
import { commandWords } from '../../../core/card/line.ts';
import { headWithin } from '../../../lib/shorten-text.ts';
import { cleanText, isBlank, isolatableWithin, isolateDirection, truncate } from '../../text/literal.ts';
import { richTextLimits, slackLimits } from './limits.ts';

type TextElement = Extract<RichTextElement, { type: 'text' }>;
type TextInline = Extract<Inline, { type: 'text' }>;
type TimeInline = Extract<Inline, { type: 'time' }>;
type CommandInline = Extract<Inline, { type: 'command' }>;
type PlaceInline = Extract<Inline, { type: 'place' }>;
type PersonInline = Extract<Inline, { type: 'person' }>;

const slackUserId = /^[UW][A-Z0-9]+$/;
const slackGroupId = /^S[A-Z0-9]+$/;
const slackChannelId = /^[CG][A-Z0-9]+$/;

/** Ten digits, as Slack takes them. */
const latestTimestamp = 9_999_999_999;

/** Rich text elements in which every text is literal. Empty texts are left out, neighbours of one style joined. */
export function toRichText(content: Inline[]): RichTextElement[] {
  const joined: RichTextElement[] = [];
  for (const element of content.map(toElement)) {
    const previous = joined.at(-1);
    if (element.type === 'text' && element.text === '') continue;
    if (element.type === 'text' && previous?.type === 'text' && sameStyle(previous, element)) {
      joined[joined.length - 1] = { ...previous, text: previous.text + element.text };
    } else joined.push(element);
  }
  return joined;
}

function toElement(inline: Inline): RichTextElement {
  switch (inline.type) {
    case 'text':
      return styledText(inline);
    case 'time':
      return dateElement(inline);
    case 'link':
      return linkElement(inline.url, inline.text);
    case 'command':
      return styledText({ type: 'text', text: spellCommand(inline), code: true });
    case 'person':
      return personElement(inline);
    case 'place':
      return placeElement(inline);
    case 'bar':
      return { type: 'text', text: barText(inline) };
  }
}

/** A command as it is typed in Slack: `/promote web-2.4.0`. */
export function spellCommand(inline: CommandInline): string {
  return `/${commandWords(inline)}`;
}

function personElement(inline: PersonInline): RichTextElement {
  const userId = mentionedUser(inline);
  return userId === null ? plainElement(inline.name) : { type: 'user', user_id: userId };
}

/** Whom Slack is to notify; null where a name is enough, or all that is known. */
export function mentionedUser({ mention, identities }: PersonInline): string | null {
  const account = mention ? identities.find(({ platform }) => platform === 'slack') : undefined;
  return account !== undefined && slackUserId.test(account.id) ? account.id : null;
}

function placeElement(inline: PlaceInline): RichTextElement {
  const groupId = mentionedGroup(inline);
  if (groupId !== null) return { type: 'usergroup', usergroup_id: groupId };
  const channelId = linkedChannel(inline);
  return channelId === null ? plainElement(inline.name) : { type: 'channel', channel_id: channelId };
}

/** The user group that Slack is to notify; null where its name is enough. */
function mentionedGroup({ destination, mention }: PlaceInline): string | null {
  if (!mention || destination?.channel !== 'slack' || destination.kind !== 'group') return null;
  return slackGroupId.test(destination.id) ? destination.id : null;
}

/** The channel that Slack is to link; null where it has none. */
export function linkedChannel({ destination }: PlaceInline): string | null {
  if (destination?.channel !== 'slack' || destination.kind !== 'channel') return null;
  return slackChannelId.test(destination.id) ? destination.id : null;
}

function plainElement(text: string): TextElement {
  return { type: 'text', text: cleanText(text) };
}

function styledText(inline: TextInline): TextElement {
  const style = {
    ...(inline.bold ? { bold: true } : {}),
    ...(inline.italic ? { italic: true } : {}),
    ...(inline.code ? { code: true } : {}),
  };
  const element = plainElement(inline.text);
  return Object.keys(style).length > 0 ? { ...element, style } : element;
}

/** Unix seconds of an ISO instant, or null when Slack could not show it. */
export function unixSeconds(instant: string): number | null {
  const seconds = Math.floor(Date.parse(instant) / 1000);
  return seconds >= 0 && seconds <= latestTimestamp ? seconds : null;
}

const formats: Record<TimeInline['style'], string> = {
  absolute: '{date_short_pretty} {time}',
  relative: '{ago}',
  countdown: '{date_short_pretty} {time} ({ago})',
};

/** Slack's tokens for a time, shown in the reader's own zone. */
export function dateFormat(style: TimeInline['style']): string {
  return formats[style];
}

/** What stands in for a time where it can't be localised. */
export function timeFallback(inline: TimeInline): string {
  const fallback = cleanText(inline.fallback);
  return truncate(isBlank(fallback) ? cleanText(inline.instant) : fallback, slackLimits.dateFallback);
}

function dateElement(inline: TimeInline): RichTextElement {
  const timestamp = unixSeconds(inline.instant);
  const fallback = timeFallback(inline);
  if (timestamp === null) return { type: 'text', text: fallback };
  return { type: 'date', timestamp, format: dateFormat(inline.style), fallback: fallback || inline.instant };
}

/** The URL as Slack may link it, or null when it is not http or https, or too long. */
export function linkableUrl(raw: string): string | null {
  if (!URL.canParse(raw.trim())) return null;
  const url = new URL(raw.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.href.length <= slackLimits.url ? url.href : null;
}

function linkElement(rawUrl: string, rawText: string): RichTextElement {
  const url = linkableUrl(rawUrl);
  const label = cleanText(rawText);
  if (url === null) return { type: 'text', text: isBlank(label) ? cleanText(rawUrl) : label };
  if (isBlank(label)) return { type: 'link', url };
  return { type: 'link', url, text: isolateDirection(truncate(label, slackLimits.linkText)) };
}

function sameStyle({ style: one }: TextElement, { style: other }: TextElement): boolean {
  return one?.bold === other?.bold && one?.italic === other?.italic && one?.code === other?.code;
}

/** Characters an element takes. */
export function sizeOf(element: RichTextElement): number {
  switch (element.type) {
    case 'text':
      return element.text.length;
    case 'link':
      return element.url.length + (element.text?.length ?? 0);
    case 'date':
      return element.fallback?.length ?? element.format.length;
    default:
      return 16;
  }
}

/**
 * Cuts a run of elements into parts that each fit one rich text block, between words where it can.
 * `max` is in characters; right-to-left lines are isolated unless told otherwise, and what that adds counts.
 */
export function splitRichText(
  elements: RichTextElement[],
  max: number = richTextLimits.text,
  { isolate = true }: { isolate?: boolean } = {},
): RichTextElement[][] {
  const parts: RichTextElement[][] = [];
  let part: RichTextElement[] = [];
  let room = max;
  const shown = (element: RichTextElement) => (isolate ? isolated(element) : element);
  const add = (element: RichTextElement) => {
    const whole = shown(element);
    part.push(whole);
    room -= sizeOf(whole);
  };
  const close = () => {
    if (part.length > 0) parts.push(part);
    part = [];
    room = max;
  };
  for (const element of elements) {
    let rest = element;
    while (sizeOf(shown(rest)) > room && (rest.type === 'text' || part.length > 0)) {
      if (rest.type === 'text') {
        const units = isolate ? isolatableWithin(rest.text, room) : room;
        const head = wordsWithin(rest.text, units, part.length === 0);
        if (head !== '') add({ ...rest, text: head });
        rest = { ...rest, text: rest.text.slice(head.length) };
      }
      close();
    }
    add(rest);
    if (part.length >= richTextLimits.elements) close();
  }
  close();
  return parts;
}

/** The head of `text` within `max`, up to a word's end; a longer word is cut only when `mustTake`. */
function wordsWithin(text: string, max: number, mustTake: boolean): string {
  if (max < 2) return '';
  const head = headWithin(text, max);
  const wordEnd = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' ')) + 1;
  if (wordEnd > max * 0.7) return head.slice(0, wordEnd);
  return mustTake || max > 200 ? head : '';
}

function isolated(element: RichTextElement): RichTextElement {
  return element.type === 'text' ? { ...element, text: isolateDirection(element.text) } : element;
}
