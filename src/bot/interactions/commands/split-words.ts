const wrapping = /^[`"'“”‘’*_~([{]+|[`"'“”‘’*_~)\]},;:!?.]+$/g;

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
    .map((word) => word.replace(wrapping, '').slice(0, longestWord))
    .filter((word) => word !== '');
}
