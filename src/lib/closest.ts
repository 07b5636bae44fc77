/** The number of single-character edits (insert, delete, replace, swap of neighbours) between two words. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const candidates = [
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      ];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) candidates.push((beforePrevious[column - 2] ?? 0) + 1);
      current.push(Math.min(...candidates));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/**
 * The known word that `word` is most likely a misspelling of; undefined when none is near. Known words that are
 * longer or shorter by more than could be a misspelling are passed over.
 */
export function closest(word: string, known: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > 64) return undefined;
  const simple = (value: string) => value.toLowerCase().replace(/[\s_-]/g, '');
  const limit = Math.max(1, Math.floor(word.length / 3));
  const from = simple(word);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of known) {
    const to = simple(candidate);
    if (Math.abs(from.length - to.length) > limit) continue;
    const distance = editDistance(from, to);
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** "Did you mean …?" for a misspelt word; undefined when no known word is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const match = closest(word, known);
  return match === undefined || match === word ? undefined : `Did you mean ${match}?`;
}
