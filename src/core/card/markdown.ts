import { type Block, type Card, fieldLine, type Inline, linkRow } from './card.ts';
import { commandWords, inlineWords } from './line.ts';

/** Whatever means something in Markdown or in HTML, which Markdown may hold. */
const special = /[\\`*_{}[\]()<>#+.!|~&@:-]/g;

/** A card in Markdown (CommonMark), with its texts literal. Buttons are left out. */
export function cardMarkdown(card: Card): string {
  return card.blocks
    .map(blockMarkdown)
    .filter((block) => block !== '')
    .join('\n\n');
}

function blockMarkdown(block: Block): string {
  switch (block.type) {
    case 'header':
      return `## ${literal(block.text).replaceAll('\n', ' ')}`;
    case 'paragraph':
    case 'note':
      return inlinesMarkdown(block.content);
    case 'quote':
      return inlinesMarkdown(block.content).replace(/^/gm, '> ');
    case 'code':
      return block.text.replace(/^/gm, '    ');
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${oneLine(item)}`)
        .join('\n');
    case 'fields':
      return block.fields.map((field) => `- ${oneLine(fieldLine(field))}`).join('\n');
    case 'links':
      return inlinesMarkdown(linkRow(block.links));
    case 'divider':
      return '---';
    case 'actions':
      return '';
  }
}

function oneLine(content: readonly Inline[]): string {
  return inlinesMarkdown(content).replaceAll('\\\n', ' ').replaceAll('\n', ' ');
}

function inlinesMarkdown(content: readonly Inline[]): string {
  return content.map(inlineMarkdown).join('');
}

function inlineMarkdown(part: Inline): string {
  const words = literal(inlineWords(part, (command) => `/${commandWords(command)}`));
  if (part.type === 'link') return URL.canParse(part.url) ? `[${words}](<${urlText(part.url)}>)` : words;
  if (part.type !== 'text' || words.trim() === '') return words;
  if (part.bold) return wrapped(words, '**');
  return part.italic ? wrapped(words, '*') : words;
}

/** Marks stand next to the words; between a space and the words they would mean nothing. */
function wrapped(words: string, mark: string): string {
  const [, before = '', within = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  return `${before}${mark}${within}${mark}${after}`;
}

/** A line break stays one. */
function literal(text: string): string {
  return text.replace(special, '\\$&').replaceAll('\n', '\\\n');
}

function urlText(url: string): string {
  return new URL(url).href.replaceAll('<', '%3C').replaceAll('>', '%3E');
}
