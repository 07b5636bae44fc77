/** Making foreign text safe to show: what is visible stays, what would act on its surroundings goes. */

import { ellipsis, headWithin } from '../../lib/shorten-text.ts';

const loneSurrogates = /\p{Surrogate}/gu;
const lineBreaks = /\r\n?|[\u2028\u2029\u0085]/g;
/** Controls without a picture, and the ones that change the direction of what stands around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const invisibleControls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Every character that the expressions above may find, and some more; looked for first, since texts seldom have any. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const maybeUnclean = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]/;
const maybeRightToLeft = /[\u0590-\u08ff\ufb1d-\ufeff\ud800-\udfff]/;
const nothingVisible = /^[\p{White_Space}\p{Cf}\p{Mn}]*$/u;

/** Well-formed text with `\n` as its only line break and without direction overrides or control characters. */
export function cleanText(raw: string): string {
  if (!maybeUnclean.test(raw)) return raw;
  return raw.replace(loneSurrogates, '\ufffd').replace(lineBreaks, '\n').replace(invisibleControls, '');
}

function isRightToLeft(text: string): boolean {
  return maybeRightToLeft.test(text) && rightToLeft.test(text);
}

/** True when a reader would see nothing. */
export function isBlank(text: string): boolean {
  return nothingVisible.test(text);
}

/** `text` within `max` code units, with an ellipsis where something was left out. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  return headWithin(text, max - ellipsis.length).trimEnd() + ellipsis;
}

/**
 * Wraps each line that holds right-to-left letters in first-strong isolates (U+2068, U+2069), so that it
 * does not reorder the text around it. Adds two code units a line.
 */
export function isolateDirection(text: string): string {
  if (!isRightToLeft(text)) return text;
  return text
    .split('\n')
    .map((line) => (isRightToLeft(line) ? `\u2068${line}\u2069` : line))
    .join('\n');
}

/** How many code units of `text`, from its start, take at most `max` once `isolateDirection` has wrapped them. */
export function isolatableWithin(text: string, max: number): number {
  if (!isRightToLeft(text)) return Math.min(text.length, max);
  let units = 0;
  let room = max;
  for (const line of text.split('\n')) {
    const marks = isRightToLeft(line) ? 2 : 0;
    // Without room for the line break before it, `room` is -1.
    if (line.length + marks > room) return units + Math.max(room - marks, Math.min(room, 0));
    units += line.length + 1;
    room -= line.length + marks + 1;
  }
  return text.length;
}

/** Undoes `isolateDirection`, for a text that is about to be cut. */
export function withoutIsolates(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '');
}

/** One literal line of at most `max` code units; empty when nothing would be visible. */
export function literalLine(raw: string, max: number): string {
  const line = cleanText(raw).replace(/\s+/g, ' ').trim();
  if (isBlank(line)) return '';
  const room = isRightToLeft(line) ? max - 2 : max;
  return isolateDirection(truncate(line, room));
}
