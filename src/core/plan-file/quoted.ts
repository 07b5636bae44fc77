import { shortenText } from '../../lib/shorten-text.ts';

/** A text, shortened when it is long. */
export function brief(text: string): string {
  return shortenText(text, 80);
}

/** As YAML and JSON have it in double quotes, shortened when it is long. */
export function quoted(text: string): string {
  return JSON.stringify(brief(text));
}

/** As YAML has it in single quotes, shortened when it is long. */
export function singleQuoted(text: string): string {
  return `'${brief(text).replace(/'/g, "''")}'`;
}

/** A character that may not show, by its number: `U+00A0`. */
export function codePointOf(character: string): string {
  const code = character.codePointAt(0)?.toString(16).toUpperCase() ?? '';
  return `U+${code.padStart(4, '0')}`;
}
