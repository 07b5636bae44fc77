import type {
  HeaderBlock,
  KnownBlock,
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextList,
} from '@slack/types';
import { type Block, fieldLine, type Inline, linkRow, text } from '../../../core/card/card.ts';
import { ellipsis } from '../../../lib/shorten-text.ts';
import { cleanText, isBlank, literalLine } from '../../text/literal.ts';
import { renderActions } from './actions.ts';
import { sizeOf, splitRichText, toRichText } from './inline.ts';
import { richTextLimits, slackLimits } from './limits.ts';
import { renderContext } from './note.ts';

type TextOnly = Extract<RichTextElement, { type: 'text' }>;

/** A neutral block as Block Kit: none when it shows nothing, several when one would be too long. */
export function renderBlock(block: Block): KnownBlock[] {
  switch (block.type) {
    case 'header':
      return renderHeader(block.text);
    case 'paragraph':
      return sections(toRichText(block.content));
    case 'list':
      return renderList(block.ordered, block.items.map(toRichText));
    case 'quote':
      return visibleParts(toRichText(block.content)).map((elements) =>
        richText({ type: 'rich_text_quote', elements }),
      );
    case 'code':
      return renderCode(block.text);
    case 'note':
      return renderNote(block.content);
    case 'fields':
      return sections(toRichText(linesOf(block.fields.map(fieldLine))));
    case 'links':
      return sections(toRichText(linkRow(block.links)));
    case 'divider':
      return [{ type: 'divider' }];
    case 'actions':
      return renderActionRows(block.buttons);
  }
}

/** Lines one below the other. Slack's own fields stand in two columns and read markup. */
function linesOf(lines: Inline[][]): Inline[] {
  return lines.flatMap((line, index) => (index === 0 ? line : [text('\n'), ...line]));
}

function renderHeader(raw: string): HeaderBlock[] {
  const line = literalLine(raw, slackLimits.headerText);
  return line === '' ? [] : [{ type: 'header', text: { type: 'plain_text', text: line, emoji: false } }];
}

function richText(...elements: RichTextBlockElement[]): RichTextBlock {
  return { type: 'rich_text', elements };
}

function sections(elements: RichTextElement[]): RichTextBlock[] {
  return visibleParts(elements).map((part) => richText({ type: 'rich_text_section', elements: part }));
}

/** Parts that fit a block each; nothing when a reader would see nothing. */
function visibleParts(elements: RichTextElement[]): RichTextElement[][] {
  const visible = elements.some((element) => element.type !== 'text' || !isBlank(element.text));
  return visible ? splitRichText(elements) : [];
}

/** An item that shows nothing keeps its place, so that the numbers of an ordered list stay right. */
function renderList(ordered: boolean, items: RichTextElement[][]): RichTextBlock[] {
  const style = ordered ? 'ordered' : 'bullet';
  const blocks: RichTextBlock[] = [];
  let list: RichTextList = { type: 'rich_text_list', style, elements: [] };
  let size = 0;
  items.forEach((item, index) => {
    const elements = shortenedItem(item);
    const length = elements.reduce((total, element) => total + sizeOf(element), 0);
    const full = size + length > richTextLimits.text || list.elements.length >= richTextLimits.listItems;
    if (full && list.elements.length > 0) {
      blocks.push(richText(list));
      list = { type: 'rich_text_list', style, elements: [], ...(ordered ? { offset: index } : {}) };
      size = 0;
    }
    list.elements.push({ type: 'rich_text_section', elements });
    size += length;
  });
  return list.elements.length > 0 ? [...blocks, richText(list)] : blocks;
}

function shortenedItem(item: RichTextElement[]): RichTextElement[] {
  const [first, second] = visibleParts(item);
  if (first === undefined) return [{ type: 'text', text: '–' }];
  return second === undefined ? first : [...first, { type: 'text', text: ellipsis }];
}

/** Code keeps its characters: no isolates that a reader would copy with it. */
function renderCode(raw: string): RichTextBlock[] {
  const code = cleanText(raw);
  if (isBlank(code)) return [];
  const parts = splitRichText([{ type: 'text', text: code }], richTextLimits.text, { isolate: false });
  return parts.map((part) =>
    richText({
      type: 'rich_text_preformatted',
      elements: part.filter((element): element is TextOnly => element.type === 'text'),
    }),
  );
}

function renderNote(content: Extract<Block, { type: 'note' }>['content']): KnownBlock[] {
  const context = renderContext(content);
  return context === null ? sections(toRichText(content)) : [context];
}

function renderActionRows(buttons: Extract<Block, { type: 'actions' }>['buttons']): KnownBlock[] {
  const { rows, omitted } = renderActions(buttons);
  if (omitted.length === 0) return rows;
  return [...rows, ...renderNote([text(`Not available in Slack: ${omitted.join(', ')}`)])];
}
