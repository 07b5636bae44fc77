import { type Block, type Card, type Inline, type Link, linkBlocks } from '../card/card.ts';
import { inlines, type Line, lineText } from '../card/line.ts';
import { CUT_MARK, cutText, literalValue, singleLine } from './literal-value.ts';
import { mentionOnce } from './mention-once.ts';
import type { MessageFacts } from './message-facts.ts';
import type { Template, TemplateBlock, TemplateInline, TextStyle } from './template.ts';
import type { Phrase, VariableValue } from './variable.ts';

/** A card's text takes at most so many characters, and so many blocks: less than any platform allows. */
export const MAX_CARD_LENGTH = 9000;
const MAX_BLOCKS = 45;
/** Of a longer list the first entries are shown, and how many there are more. */
const MAX_ENTRIES = 20;
const MAX_TITLE_LENGTH = 150;

/**
 * A message from its template and the facts. Every value is literal text: it can't become markup, a
 * link or a mention. Over-long values and messages are cut with a visible mark. Throws when a variable
 * of the template is not among the facts, which loading the template has ruled out.
 */
export function renderTemplate(template: Template, facts: MessageFacts): Card {
  const title = cutText(singleLine(lineText(renderInlines(template.title, facts))), MAX_TITLE_LENGTH);
  const blocks = template.blocks.flatMap((block) => renderBlock(block, facts));
  return { summary: title, blocks: fitBlocks([{ type: 'header', text: title }, ...mentionOnce(blocks)]) };
}

function readValue(facts: MessageFacts, name: string): VariableValue {
  const value = facts.get(name);
  if (value === undefined) throw new Error(`the facts have no value for {{${name}}}`);
  return value;
}

function renderBlock(block: TemplateBlock, facts: MessageFacts): Block[] {
  switch (block.type) {
    case 'section': {
      const empty = isEmpty(readValue(facts, block.variable));
      return empty === block.unless ? block.blocks.flatMap((inner) => renderBlock(inner, facts)) : [];
    }
    case 'divider':
      return [{ type: 'divider' }];
    case 'code':
      return [{ type: 'code', text: lineText(renderInlines(block.content, facts)) }];
    case 'list': {
      const items = block.items.flatMap((item) => renderItem(item, facts));
      return items.length === 0 ? [] : [{ type: 'list', ordered: block.ordered, items }];
    }
    case 'links':
      return linkBlocks(block.names.flatMap((name) => readLink(facts, name)));
    case 'paragraph':
    case 'quote':
    case 'note':
      return [{ type: block.type, content: renderInlines(block.content, facts) }];
  }
}

function readLink(facts: MessageFacts, name: string): Link[] {
  const value = readValue(facts, name);
  const named = isPhrase(value) ? value.phrase : [];
  return named.flatMap((part) => (part.type === 'link' ? [{ label: part.text, url: part.url }] : []));
}

/** One item, or, for an item that is a list variable and nothing else, one for each of its entries. */
function renderItem(item: readonly TemplateInline[], facts: MessageFacts): Inline[][] {
  const [first] = item;
  const value = item.length === 1 && first?.type === 'variable' ? readValue(facts, first.name) : undefined;
  if (first?.type !== 'variable' || !isList(value)) {
    return [renderInlines(item, facts)];
  }
  const shown = value.slice(0, MAX_ENTRIES).map((entry) => readEntry(entry, first.style));
  const more = value.length - shown.length;
  return more > 0 ? [...shown, [styled(`… and ${more} more`, {})]] : shown;
}

function readEntry(entry: Line, style: TextStyle): Inline[] {
  if (typeof entry === 'string') return [styled(singleLine(literalValue(entry)), style)];
  return inStyle(inlines(entry), style);
}

function renderInlines(content: readonly TemplateInline[], facts: MessageFacts): Inline[] {
  return content.flatMap((inline): Inline[] => {
    if (inline.type === 'link') return [{ type: 'link', url: inline.url, text: inline.text }];
    if (inline.type === 'text') return [styled(inline.text, inline.style)];
    const value = readValue(facts, inline.name);
    if (typeof value === 'string') return [styled(literalValue(value), inline.style)];
    if (isPhrase(value)) return inStyle(value.phrase, inline.style);
    return [styled(literalValue(joinEntries(value)), inline.style)];
  });
}

/** Only words have a style: what a platform shows in its own way has none. */
function inStyle(content: readonly Inline[], style: TextStyle): Inline[] {
  return content.map((part) => (part.type === 'text' ? { ...part, ...style } : part));
}

function isList(value: VariableValue | undefined): value is readonly Line[] {
  return Array.isArray(value);
}

function isPhrase(value: VariableValue): value is Phrase {
  return typeof value === 'object' && 'phrase' in value;
}

function isEmpty(value: VariableValue): boolean {
  return (isPhrase(value) ? value.phrase : value).length === 0;
}

function joinEntries(entries: readonly Line[]): string {
  const more = entries.length - MAX_ENTRIES;
  const shown = entries.slice(0, MAX_ENTRIES).map(lineText).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function styled(text: string, style: { bold?: true; italic?: true; code?: true }): Inline {
  return { type: 'text', text, ...style };
}

/** Keeps the blocks that fit; the first that does not is cut, and the rest left out. */
function fitBlocks(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  let room = MAX_CARD_LENGTH;
  for (const block of blocks) {
    const length = blockLength(block);
    if (length > room || kept.length === MAX_BLOCKS) {
      const part = length > room ? cutBlock(block, room) : undefined;
      return [...kept, ...(part === undefined ? [] : [part]), cutNote()];
    }
    kept.push(block);
    room -= length;
  }
  return kept;
}

function cutNote(): Block {
  return { type: 'note', content: [{ type: 'text', text: CUT_MARK }] };
}

function blockLength(block: Block): number {
  if (block.type === 'list') return block.items.reduce((total, item) => total + lineText(item).length, 0);
  if ('content' in block) return lineText(block.content).length;
  return 'text' in block ? block.text.length : 0;
}

/** The beginning of a block that is too long for the room left; undefined when it can't be divided. */
function cutBlock(block: Block, room: number): Block | undefined {
  if (block.type === 'code') return { type: 'code', text: cutText(block.text, room) };
  if (block.type === 'list') {
    let left = room;
    const items = block.items.filter((item) => {
      left -= lineText(item).length;
      return left >= 0;
    });
    return items.length === 0 ? undefined : { ...block, items };
  }
  if (!('content' in block)) return undefined;
  let left = room;
  const content = block.content.filter((inline) => {
    left -= lineText([inline]).length;
    return left >= 0;
  });
  return content.length === 0 ? undefined : { ...block, content };
}
