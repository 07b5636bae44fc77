import type { KnownBlock } from '@slack/types';
import { type Block, type Card, fieldLine, type Inline, linkRow } from '../../../core/card/card.ts';
import { inlines, inlineWords } from '../../../core/card/line.ts';
import { headWithin } from '../../../lib/shorten-text.ts';
import {
  cleanText,
  isBlank,
  isolateDirection,
  literalLine,
  truncate,
  withoutIsolates,
} from '../../text/literal.ts';
import { renderBlock } from './blocks.ts';
import { escapeMarkup } from './escape-markup.ts';
import { fitBlocks } from './fit.ts';
import { spellCommand } from './inline.ts';
import { messageBudget, slackLimits } from './limits.ts';

/** `text` is what notifications and screen readers say; `blocks` is what is seen. */
export interface RenderedMessage {
  text: string;
  blocks: KnownBlock[];
}

const nothingToSay = 'This message has no text.';

/** Any card as one Slack message within Slack's limits. Never throws; what doesn't fit is marked as shortened. */
export function renderMessage(card: Card): RenderedMessage {
  const text = notificationText(card);
  const rendered = card.blocks.flatMap(renderBlock);
  const summary: Block = { type: 'paragraph', content: inlines(card.summary) };
  const blocks = rendered.length > 0 ? rendered : renderBlock(summary);
  const shown =
    blocks.length > 0 ? blocks : renderBlock({ type: 'paragraph', content: [{ type: 'text', text }] });
  return {
    text,
    blocks: fitBlocks(shown, messageBudget, 'Shortened: the rest does not fit in one Slack message.'),
  };
}

/** The summary, else the first text of the card; escaped, and within the limit after escaping. */
function notificationText(card: Card): string {
  return escapeWithin(firstLine(card) || nothingToSay, slackLimits.messageText);
}

function firstLine(card: Card): string {
  const summary = literalLine(plainText(inlines(card.summary)), slackLimits.messageText);
  if (summary !== '') return summary;
  return card.blocks.map((block) => literalLine(textOf(block), slackLimits.messageText)).find(Boolean) ?? '';
}

function escapeWithin(line: string, max: number): string {
  let text = withoutIsolates(line);
  for (;;) {
    const escaped = escapeMarkup(isolateDirection(text));
    if (escaped.length <= max) return escaped;
    // An escaped character is at most five long.
    text = truncate(text, text.length - Math.ceil((escaped.length - max) / 5));
  }
}

function textOf(block: Block): string {
  switch (block.type) {
    case 'header':
    case 'code':
      return block.text;
    case 'paragraph':
    case 'quote':
    case 'note':
      return plainText(block.content);
    case 'fields':
      return block.fields.map((field) => plainText(fieldLine(field))).find((item) => !isBlank(item)) ?? '';
    case 'links':
      return plainText(linkRow(block.links));
    case 'list':
      return block.items.map(plainText).find((item) => !isBlank(item)) ?? '';
    default:
      return '';
  }
}

/** Inlines as one plain text, for places that can show nothing else. */
export function plainText(content: readonly Inline[]): string {
  const text = content.map((part) => inlineWords(part, spellCommand));
  return headWithin(cleanText(text.join('')), slackLimits.messageText * 2);
}
