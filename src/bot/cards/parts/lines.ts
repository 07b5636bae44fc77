import { type Block, type Inline, text } from '../../../core/card/card.ts';
import { inlines, type Line } from '../../../core/card/line.ts';

/** Lines one close below the other, in one block: a card in a channel has to be low. None: no block. */
export function lines(...shown: (Line | null)[]): Block[] {
  const content = shown.flatMap((line): Inline[] => (line === null ? [] : [text('\n'), ...inlines(line)]));
  return content.length === 0 ? [] : [{ type: 'paragraph', content: content.slice(1) }];
}

/** What somebody wrote, on one line: it can't look like a line of the card. */
export function onOneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}
