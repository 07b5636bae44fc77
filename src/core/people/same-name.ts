/**
 * Whether two spellings can be the name of one person: case, accents, order, initials and missing middle names make no
 * difference. Names without any letter are the same only
 * if they are equal.
 */
export function isSameName(one: string, other: string): boolean {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  if (left.length === 0 || right.length === 0) return one.trim() === other.trim();
  if (left.join('') === right.join('')) return true;
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  return matchesAll(few, many) && few.some((word) => word.length > 1 && many.includes(word));
}

/** Each word of the shorter name has a word of its own in the longer one; full words are matched before initials. */
function matchesAll(few: readonly string[], many: readonly string[]): boolean {
  const left = [...many];
  const ordered = few.toSorted((one, other) => other.length - one.length);
  return ordered.every((word) => {
    const same = left.indexOf(word);
    const at = same >= 0 ? same : left.findIndex((candidate) => isInitialOf(word, candidate));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

function isInitialOf(one: string, other: string): boolean {
  return (one.length === 1 || other.length === 1) && one.charAt(0) === other.charAt(0);
}

/** What is left when accents are taken away: letters that have none, and the usual ways to write umlauts without them. */
const plainLetters: readonly [RegExp, string][] = [
  [/ß/g, 'ss'],
  [/æ|ae/g, 'a'],
  [/[øœ]|oe/g, 'o'],
  [/ue/g, 'u'],
  [/ł/g, 'l'],
  [/đ/g, 'd'],
];

function wordsOf(name: string): string[] {
  const bare = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const plain = plainLetters.reduce((text, [letters, letter]) => text.replace(letters, letter), bare);
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
