/** The accounts that a message of Slack mentions. */
export function mentionedIn(text: string): string[] {
  return [...new Set([...text.matchAll(/<@([A-Z0-9]+)/g)].map(([, id = '']) => id))];
}

/** A message of Slack as it reads: mentions, channels, dates and links by their words. `names`: of accounts, by id. */
export function plainText(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .replace(/<([^<>]*)>/g, (_, inner: string) => wordsOf(inner, names))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** `@U123|rita`, `#C123|general`, `!date^…^…|June 1`, `!here`, `https://…|the page`. */
function wordsOf(inner: string, names: ReadonlyMap<string, string>): string {
  const bar = inner.indexOf('|');
  const [target, label] = bar < 0 ? [inner, ''] : [inner.slice(0, bar), inner.slice(bar + 1)];
  if (target.startsWith('@')) return `@${names.get(target.slice(1)) ?? (label || target.slice(1))}`;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label === '' || label === target ? target : `${label} (${target})`;
}
