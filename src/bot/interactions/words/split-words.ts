const opening = /^[`"'“”‘’*_~([{]+/;
const closing = /[`"'“”‘’*_~)\]},;:!?.？！。、]/;

/** The longest word that is looked at or said again; a release key is shorter. */
const longestWord = 80;

/**
 * What was typed after a command, word by word: without characters that nobody sees, such as a zero-width
 * space that was pasted along, and without quotes or punctuation around a word.
 */
export function splitWords(typed: string): string[] {
  return typed
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[\p{Cf}\p{Surrogate}]/gu, '')
    .split(/\s+/)
    .map((word) => withoutClosing(word.replace(opening, '')).slice(0, longestWord))
    .filter((word) => word !== '');
}

/** From the end, one step a character: a pattern such as `[!?]+$` tries every place in a long run of them. */
function withoutClosing(word: string): string {
  let end = word.length;
  while (end > 0 && closing.test(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

/** What follows the first word, as it was typed: a note may have quotes and punctuation. */
export function withoutFirst(typed: string): string {
  const isWord = (part: string) => splitWords(part).length > 0;
  const parts = typed.trim().split(/(\s+)/u);
  const first = parts.findIndex(isWord);
  return first === -1
    ? ''
    : parts
        .slice(first + 1)
        .join('')
        .trim();
}
