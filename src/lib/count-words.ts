/** A number of things in words: `1 vote`, `3 votes`. */
export function countWords(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
