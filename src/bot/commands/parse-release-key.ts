/** The first word of a command as a release key, and what follows it; null when there is none. */
export function parseReleaseKey(words: string): { releaseKey: string | null; rest: string } {
  const [first = '', ...rest] = words.trim().split(/\s+/);
  return { releaseKey: first === '' ? null : first.toLowerCase(), rest: rest.join(' ') };
}
