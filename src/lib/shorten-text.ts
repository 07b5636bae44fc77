/** Cutting a text so that a reader sees that it was cut, and never half a character. Lengths are UTF-16 code units. */

export const ellipsis = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest head of `text` within `max` code units that cuts no grapheme in two. */
export function headWithin(text: string, max: number): string {
  if (text.length <= max) return text;
  const boundary = graphemes.segment(text).containing(max)?.index ?? max;
  return text.slice(0, boundary > 0 ? boundary : codePointBoundary(text, max));
}

/** For a single grapheme that is longer than there is room. */
function codePointBoundary(text: string, max: number): number {
  const last = text.charCodeAt(max - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return splitsPair && max > 1 ? max - 1 : max;
}

/** `text` as it is when it fits `max`; else its head and an ellipsis. */
export function shortenText(text: string, max: number): string {
  return text.length <= max ? text : headWithin(text, max - ellipsis.length) + ellipsis;
}

/** `text` as it is when it fits `max`; else one line of it, up to a word's end and an ellipsis. */
export function shortenAtWord(text: string, max: number): string {
  if (text.length <= max) return text;
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  const head = headWithin(line, max - ellipsis.length);
  const wordEnd = line[head.length] === ' ' ? head.length : head.lastIndexOf(' ');
  // A word that is longer than this is cut like any text without spaces.
  return (wordEnd > max / 2 ? head.slice(0, wordEnd) : head) + ellipsis;
}
