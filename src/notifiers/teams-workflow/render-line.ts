import type { Inline } from '../../core/card/inline.ts';
import { commandWords, inlineWords } from '../../core/card/line.ts';
import { headWithin } from '../../lib/shorten-text.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';

/** An element of an Adaptive Card, as JSON. */
export interface Element {
  type: string;
  [property: string]: unknown;
}

/** So much of one line is shown, characters. */
const maxLine = 4_000;

/** A line as runs, in which Teams reads no markup; null when there is nothing to see. */
export function renderLine(content: readonly Inline[], style: object = {}): Element | null {
  if (!content.some((part) => hasVisibleText(wordsOf(part)))) return null;
  let room = maxLine;
  const inlines = content.flatMap((part): Element[] => {
    const words = wordsOf(part);
    const text = words.length <= room ? words : `${headWithin(words, Math.max(room - 1, 0))}…`;
    if (room <= 0 || text === '') return [];
    room -= words.length;
    return [{ type: 'TextRun', text, ...style, ...styleOf(part) }];
  });
  return { type: 'RichTextBlock', inlines };
}

function styleOf(part: Inline): object {
  if (part.type === 'command') return { fontType: 'Monospace' };
  if (part.type === 'link') return { selectAction: { type: 'Action.OpenUrl', url: part.url } };
  if (part.type !== 'text') return {};
  return {
    ...(part.bold ? { weight: 'Bolder' } : {}),
    ...(part.italic ? { italic: true } : {}),
    ...(part.code ? { fontType: 'Monospace' } : {}),
  };
}

/** A webhook notifies nobody by name, knows no reader's zone, and takes no commands. */
function wordsOf(part: Inline): string {
  return inlineWords(part, commandWords);
}
