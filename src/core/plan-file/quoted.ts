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
