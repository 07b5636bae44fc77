import type { Inline } from '../../../core/card/card.ts';
import { headWithin } from '../../../lib/shorten-text.ts';
import { cleanText, isBlank } from '../../text/literal.ts';
import type { Element } from './element.ts';
import { type Mentions, renderLine, wordsOf } from './inline.ts';
import { teamsLimits } from './limits.ts';

/** Content as lines of their own: an element of Teams shows no line breaks. Blank ends, and nothing else, are left out. */
export function renderLines(content: readonly Inline[], mentions: Mentions, style: object = {}): Element[] {
  const lines = linesOf(content).filter(isVisible);
  return lines.flatMap(inParts).map((line, index) => ({
    ...renderLine(line, mentions, style),
    ...(index > 0 ? { spacing: 'None' } : {}),
  }));
}

export function isVisible(content: readonly Inline[]): boolean {
  return content.some((part) => !isBlank(cleanText(wordsOf(part))));
}

export function linesOf(content: readonly Inline[]): Inline[][] {
  const lines: Inline[][] = [[]];
  for (const part of content) {
    if (part.type !== 'text') {
      lines.at(-1)?.push(part);
      continue;
    }
    const [first = '', ...others] = cleanText(part.text).split('\n');
    if (first !== '') lines.at(-1)?.push({ ...part, text: first });
    for (const text of others) lines.push(text === '' ? [] : [{ ...part, text }]);
  }
  return lines;
}

/** A very long line is several. */
function inParts(line: readonly Inline[]): Inline[][] {
  return line.reduce<Inline[][]>(
    (parts, part) => {
      let rest = part;
      while (rest.type === 'text' && rest.text.length > teamsLimits.lineText) {
        const head = headWithin(rest.text, teamsLimits.lineText);
        parts.at(-1)?.push({ ...rest, text: head });
        parts.push([]);
        rest = { ...rest, text: rest.text.slice(head.length) };
      }
      parts.at(-1)?.push(rest);
      return parts;
    },
    [[]],
  );
}
