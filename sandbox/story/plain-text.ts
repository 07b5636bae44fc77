import type { Message } from '../control-api.ts';
import { cardToText, visibleText } from './card-text.ts';

/** A node of Block Kit, read loosely: the play only wants its words. */
interface Node {
  type?: string;
  text?: string | Node;
  name?: string;
  url?: string;
  user_id?: string;
  channel_id?: string;
  fallback?: string;
  style?: unknown;
  elements?: Node[];
  fields?: Node[];
}

/** The words of a message, a line a block, as a person reads them on either platform. */
export function wordsOf({ blocks, attachments = [] }: Pick<Message, 'blocks' | 'attachments'>): string {
  return blocks ? blocksToText(blocks) : attachments.map(({ content }) => cardToText(content)).join('\n');
}

/** What a notification says of a message, in plain words. */
export function headlineOf({ text, summary }: Pick<Message, 'text' | 'summary'>): string {
  const said = summary === undefined ? unescapeMarkup(text) : summary;
  return visibleText(said);
}

function unescapeMarkup(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The words of a message's blocks, a line a block, as a person reads them. */
export function blocksToText(blocks: readonly unknown[]): string {
  return blocks
    .map((block) => blockText(block as Node))
    .filter((line) => line !== '')
    .join('\n');
}

function blockText(block: Node): string {
  switch (block.type) {
    case 'rich_text':
      return (block.elements ?? []).map(richText).join('\n');
    case 'actions':
      return (block.elements ?? []).map((button) => `[${words(button.text)}]`).join(' ');
    case 'divider':
      return '';
    default:
      return [words(block.text), ...(block.fields ?? []).map(words), ...(block.elements ?? []).map(words)]
        .filter((part) => part !== '')
        .join(' ');
  }
}

function richText(element: Node): string {
  if (element.type === 'rich_text_list') {
    return (element.elements ?? []).map((item) => `• ${inlineText(item)}`).join('\n');
  }
  const line = inlineText(element);
  return element.type === 'rich_text_quote' ? `> ${line}` : line;
}

function inlineText(element: Node): string {
  return (element.elements ?? []).map(words).join('');
}

function words(node: Node | string | undefined): string {
  if (node === undefined) return '';
  // A date comes with what to show where it can't be localised.
  if (typeof node === 'string') return node.replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1');
  if (node.type === 'date') return node.fallback ?? '';
  if (node.type === 'user') return `@${node.user_id ?? ''}`;
  if (node.type === 'channel') return `#${node.channel_id ?? ''}`;
  return words(node.text) || node.url || (node.elements ?? []).map(words).join('');
}
