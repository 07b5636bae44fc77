/** The text of a `plain_text` object in a view; undefined when there is none. */
export function plainTextOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('text' in value)) return undefined;
  return typeof value.text === 'string' ? value.text : undefined;
}
