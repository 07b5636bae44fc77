import type { TemplateProblem } from './template.ts';

/** Longer than any message, sections included: a card shows at most 9,000. Characters. */
const MAX_LENGTH = 10_000;
/** Quotes and lists within each other on one line; one level of each is all that a message can show. */
const MAX_NESTING = 10;

const marker = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;

/**
 * What makes a text too large or too deeply nested to be a template; undefined when nothing does. It is looked for
 * before the Markdown is parsed, since parsing takes time by the square of both.
 */
export function findExcess(markdown: string): TemplateProblem | undefined {
  if (markdown.length > MAX_LENGTH) {
    return { line: 1, column: 1, message: `The template has more than ${MAX_LENGTH} characters.` };
  }
  const line = markdown.split(/\r\n?|\n/).findIndex((text) => !isRule(text) && nestingOf(text) > MAX_NESTING);
  if (line === -1) return undefined;
  const message = `This line nests more than ${MAX_NESTING} quotes or lists; a message shows one level.`;
  return { line: line + 1, column: 1, message };
}

/** `* * * *` in any length is a rule. */
function isRule(line: string): boolean {
  return /^[ \t]*([-*])[ \t]*(?:\1[ \t]*)*$/.test(line);
}

function nestingOf(line: string): number {
  marker.lastIndex = 0;
  let levels = 0;
  while (marker.test(line)) levels += 1;
  return levels;
}
