/** A text, shortened when it is long. */
export function brief(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** As YAML and JSON have it in double quotes, shortened when it is long. */
export function quoted(text: string): string {
  return JSON.stringify(brief(text));
}

/** As YAML has it in single quotes, shortened when it is long. */
export function singleQuoted(text: string): string {
  return `'${brief(text).replace(/'/g, "''")}'`;
}
