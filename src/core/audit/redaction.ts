import type { Json } from './canonical-json.ts';

/** Texts that are to go, with what takes their place. Found whatever the case, and not within longer words. */
export interface Redaction {
  /** Wherever they stand. */
  parts: ReadonlyMap<string, string>;
  /** Only where they are all that a field says: a name of one word is also a word. */
  wholes: ReadonlyMap<string, string>;
}

/** Puts the replacements into every text of a value; its fields keep their names. */
export function redactJson(value: Json, redaction: Redaction): Json {
  return walk(value, redactorOf(redaction));
}

/** The same of one text after the other. */
export function redactorOf({ parts, wholes }: Redaction): (text: string) => string {
  const partBy = byLowerCase(parts);
  const wholeBy = byLowerCase(wholes);
  // The longest first: one may be part of another.
  const sought = [...partBy.keys()].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern =
    sought.length === 0
      ? null
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${sought.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => {
    const whole = wholeBy.get(text.trim().toLowerCase());
    if (whole !== undefined) return whole;
    return pattern === null
      ? text
      : text.replace(pattern, (found) => partBy.get(found.toLowerCase()) ?? found);
  };
}

function walk(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, redact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, item === undefined ? item : walk(item, redact)]),
  );
}

function byLowerCase(texts: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...texts].map(([text, other]) => [text.trim().toLowerCase(), other]));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
