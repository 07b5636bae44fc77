import { describeInstant } from '../../core/calendar/describe-instant.ts';
import type { Inline } from '../../core/card/inline.ts';
import { inlineWords } from '../../core/card/line.ts';
import { shortenText } from '../../lib/shorten-text.ts';

/** So much of one text is shown, UTF-16 code units: some programs cut a message at 100 KB. */
export const maxText = 10_000;

/** What nobody sees and some programs act upon: controls apart from tab and line feed, and changes of direction. */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Foreign text as it can stand in a message: nothing in it does anything. */
export function plainText(value: string): string {
  const shown = value
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(unseen, (character) => (character === '\n' || character === '\t' ? character : ' '));
  return shortenText(shown, maxText);
}

/** The same on one line, such as a subject. */
export function oneLine(value: string, max: number): string {
  return shortenText(plainText(value).replace(/\s+/g, ' ').trim(), max);
}

/** An inline in words. `zone`: in which an instant is written; left out, that of the release. */
export function wordsOf(part: Inline, zone: string | undefined): string {
  if (part.type === 'time' && zone !== undefined) return describeInstant(Date.parse(part.instant), zone);
  return plainText(inlineWords(part, ({ command, args }) => `/${command} ${args}`.trimEnd()));
}

/** An address that may be opened from a message; null for one that could do something else. */
export function openable(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : null;
}
