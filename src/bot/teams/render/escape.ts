import { cleanText, isolateDirection, literalLine } from '../../text/literal.ts';

const zeroWidthSpace = '\u200b';

/** What Teams looks for in any text: functions such as `{{DATE(…)}}`, and mentions. Neither is found any more. */
export function inert(raw: string): string {
  return cleanText(raw)
    .replace(/\{(?=\{)/g, `{${zeroWidthSpace}`)
    .replace(/<(?=\/?at\b)/gi, `<${zeroWidthSpace}`);
}

/** The same on one line of at most `max` code units; empty when nothing would be visible. */
export function inertLine(raw: string, max: number): string {
  return inert(literalLine(raw, max));
}

/** Foreign text within an element that reads Markdown. */
export function escapeMarkdown(raw: string): string {
  return isolateDirection(inert(raw))
    .replace(/[\\`*_[\]()#~|!>]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/<(?!\u200b)/g, '&lt;')
    .replace(/^(\s*)([-+])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replace(/(https?):\/\//gi, `$1:${zeroWidthSpace}//`)
    .replace(/\bwww\./gi, `www${zeroWidthSpace}.`);
}
