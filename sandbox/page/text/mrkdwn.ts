/**
 * Slack's mrkdwn, read into rich text. Escaped characters (`&lt;`, `&gt;`, `&amp;`) are decoded only after
 * the markup was read, so that `&lt;!channel&gt;` stays text.
 */
import type { RichTextBlockElement, RichTextElement, RichTextStyleable } from '@slack/types';

type Style = NonNullable<RichTextStyleable['style']>;

/** From here on a text is shown as it is: no one formats by hand what is this long. */
const LONGEST_FORMATTED = 12_000;

const INLINE = new RegExp(
  [
    '<(?<angle>[^<>\\n]+)>',
    '`(?<code>[^`\\n]+)`',
    '(?<![\\w*])\\*(?<bold>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*(?![\\w*])',
    '(?<!\\w)_(?<italic>[^\\s_](?:[^_\\n]*[^\\s_])?)_(?!\\w)',
    '(?<![\\w~])~(?<strike>[^\\s~](?:[^~\\n]*[^\\s~])?)~(?![\\w~])',
    '(?<url>https?:\\/\\/[^\\s<>|]*[^\\s<>|.,;:!?)\\]}\'"])',
    ':(?<emoji>[a-z0-9_+-]*[a-z][a-z0-9_+-]*|[+-]1):',
  ].join('|'),
);

/** Decodes the three entities that Slack and Teams escape, and no others. */
export function unescapeMarkup(source: string): string {
  return source.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Reads mrkdwn into rich text elements: preformatted parts, quotes, and sections of formatted text. */
export function mrkdwnToRichText(source: string): RichTextBlockElement[] {
  if (source.length > LONGEST_FORMATTED) {
    return [{ type: 'rich_text_section', elements: [{ type: 'text', text: unescapeMarkup(source) }] }];
  }
  return source.split('```').flatMap((part, index, parts) => {
    const fenced = index % 2 === 1 && index < parts.length - 1;
    if (fenced) return [preformatted(part)];
    const literal = index % 2 === 1 ? `\`\`\`${part}` : part;
    return literal.trim() === '' ? [] : proseToRichText(literal);
  });
}

function preformatted(source: string): RichTextBlockElement {
  const text = unescapeMarkup(source.replace(/^\n/, '').replace(/\n$/, ''));
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text }] };
}

/** Splits prose into runs of quoted and unquoted lines. */
function proseToRichText(source: string): RichTextBlockElement[] {
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of source.replace(/^\n|\n$/g, '').split('\n')) {
    const match = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    const last = runs.at(-1);
    if (last && last.quoted === Boolean(match)) last.lines.push(match?.[1] ?? line);
    else runs.push({ quoted: Boolean(match), lines: [match?.[1] ?? line] });
  }
  return runs.map(({ quoted, lines }) => ({
    type: quoted ? 'rich_text_quote' : 'rich_text_section',
    elements: readInline(lines.join('\n'), {}),
  }));
}

function readInline(source: string, style: Style): RichTextElement[] {
  const elements: RichTextElement[] = [];
  let rest = source;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    if (match.index > 0) elements.push(textElement(rest.slice(0, match.index), style));
    elements.push(...readMatch(match, style));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== '') elements.push(textElement(rest, style));
  return elements;
}

function readMatch(match: RegExpExecArray, style: Style): RichTextElement[] {
  const found = match.groups ?? {};
  if (found.angle !== undefined) return [readAngle(found.angle, style)];
  if (found.code !== undefined) return [textElement(found.code, { ...style, code: true })];
  if (found.bold !== undefined) return readInline(found.bold, { ...style, bold: true });
  if (found.italic !== undefined) return readInline(found.italic, { ...style, italic: true });
  if (found.strike !== undefined) return readInline(found.strike, { ...style, strike: true });
  if (found.url !== undefined) return [{ type: 'link', url: unescapeMarkup(found.url), style }];
  return [{ type: 'emoji', name: found.emoji ?? '' }];
}

/** What stands between `<` and `>`: a mention, a date, a link; anything else is text. */
function readAngle(inside: string, style: Style): RichTextElement {
  const [target = '', label] = splitOnce(inside, '|');
  const date = /^!date\^(\d+)\^([^^]+)(?:\^(.+))?$/.exec(target);
  if (date) {
    return { type: 'date', timestamp: Number(date[1]), format: date[2] ?? '', fallback: label ?? '', style };
  }
  if (/^@[UW]\w+$/.test(target)) return { type: 'user', user_id: target.slice(1), style };
  if (/^#[CGD]\w+$/.test(target)) return { type: 'channel', channel_id: target.slice(1), style };
  if (target === '!here' || target === '!channel' || target === '!everyone') {
    return { type: 'broadcast', range: target.slice(1) as 'here' | 'channel' | 'everyone', style };
  }
  if (/^(https?:\/\/|mailto:)/.test(target)) {
    const url = unescapeMarkup(target);
    return { type: 'link', url, text: label ? unescapeMarkup(label) : url, style };
  }
  return textElement(`<${inside}>`, style);
}

function splitOnce(source: string, separator: string): [string, string | undefined] {
  const at = source.indexOf(separator);
  return at < 0 ? [source, undefined] : [source.slice(0, at), source.slice(at + 1)];
}

function textElement(source: string, style: Style): RichTextElement {
  const text = unescapeMarkup(source);
  return Object.keys(style).length > 0 ? { type: 'text', text, style } : { type: 'text', text };
}
