const formats = {
  and: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  or: new Intl.ListFormat('en-GB', { type: 'disjunction' }),
};

/** Words as a sentence lists them: `a`, `a and b`, `a, b and c`; empty for none. */
export function listWords(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return formats[last].format(words);
}
