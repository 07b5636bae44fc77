/** The most characters that a value takes in a message; the rest is cut off with a visible mark. */
export const MAX_VALUE_LENGTH = 1500;

/** What stands where something was cut off. */
export const CUT_MARK = '… (shortened)';

/** Control characters but tab and line feed, and those that override the reading direction. */
const CONTROLS = /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Cuts a text to `limit` UTF-16 units with a visible mark, never within a character. */
export function cutText(value: string, limit: number): string {
  if (value.length <= limit) return value;
  const kept = value.slice(0, Math.max(0, limit - CUT_MARK.length));
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}${CUT_MARK}`;
}

/**
 * A value as a message shows it: without control characters, at most `MAX_VALUE_LENGTH` long. Text that
 * is read from right to left is isolated, so that it does not turn the words around it.
 */
export function literalValue(value: string): string {
  const plain = value
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
  const cut = cutText(plain, MAX_VALUE_LENGTH);
  return RIGHT_TO_LEFT.test(cut) ? `\u2068${cut}\u2069` : cut;
}

/** The same on one line, for a header or a list item. */
export function singleLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
