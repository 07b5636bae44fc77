/** The accounts that a message of Slack mentions. */
export function mentionedIn(text: string): string[] {
  return [...new Set([...text.matchAll(/<@([A-Z0-9]+)/g)].map(([, id = '']) => id))];
}

/** A message of Slack as it reads: mentions, channels, dates and links by their words. `names`: of accounts, by id. */
export function plainText(text: string, names: ReadonlyMap<string, string>): string {
  return unescaped(text, (inner) => wordsOf(inner, names));
}

/** The same as it was typed: what Slack made a link of is the text again. */
export function typedText(text: string, names: ReadonlyMap<string, string>): string {
  return unescaped(text, (inner) => typedOf(inner) ?? wordsOf(inner, names));
}

function unescaped(text: string, read: (inner: string) => string): string {
  return text
    .replace(/<([^<>]*)>/g, (_, inner: string) => read(inner))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** `mailto:rita@example.com|rita@example.com`, `https://example.com/|example.com`; null: it is no link. */
function typedOf(inner: string): string | null {
  const [target = '', label] = inner.split('|', 2);
  if (/^[@#!]/.test(target)) return null;
  const isTarget = label !== undefined && target.replace(/\/$/, '').endsWith(label.replace(/\/$/, ''));
  return isTarget ? label : target.replace(/^mailto:/, '');
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
