import { type Block, type Card, fieldLine, type Inline } from '../../core/card/card.ts';
import { inlines } from '../../core/card/line.ts';
import { openable, plainText, wordsOf } from './words.ts';

/** What a card says, in plain text: for programs that show no HTML, and for people who want none. */
export function renderText(
  card: Card,
  { zone, footer }: { zone: string | undefined; footer: string[] },
): string {
  const line = (content: readonly Inline[]) => lineOf(content, zone);
  const parts = card.blocks.map((block) => blockText(block, line)).filter((part) => part.trim() !== '');
  const body = parts.length > 0 ? parts : [line(inlines(card.summary))];
  const end = footer.length > 0 ? [`-- \n${footer.join('\n')}`] : [];
  return `${[...body, ...end].join('\n\n')}\n`;
}

function lineOf(content: readonly Inline[], zone: string | undefined): string {
  return content
    .map((part) => {
      const words = wordsOf(part, zone);
      const url = part.type === 'link' ? openable(part.url) : null;
      return url === null || url === words ? words : `${words} (${url})`;
    })
    .join('');
}

function blockText(block: Block, line: (content: readonly Inline[]) => string): string {
  switch (block.type) {
    case 'header': {
      const title = plainText(block.text);
      return `${title}\n${'='.repeat(Math.min(Math.max(title.length, 1), 72))}`;
    }
    case 'paragraph':
    case 'note':
      return line(block.content);
    case 'quote':
      return indent(line(block.content), '> ');
    case 'code':
      return indent(plainText(block.text), '    ');
    case 'list':
      return block.items
        .map(
          (item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${line(item).replaceAll('\n', '\n  ')}`,
        )
        .join('\n');
    case 'fields':
      return block.fields.map((field) => line(fieldLine(field))).join('\n');
    case 'links':
      return block.links.map(({ label, url }) => line([{ type: 'link', text: label, url }])).join('\n');
    case 'divider':
      return '---';
    case 'actions':
      return '';
  }
}

function indent(text: string, mark: string): string {
  return text
    .split('\n')
    .map((each) => `${mark}${each}`)
    .join('\n');
}
