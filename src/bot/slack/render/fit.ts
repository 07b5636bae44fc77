import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import { ellipsis } from '../../../lib/shorten-text.ts';
import { withoutIsolates } from '../../text/literal.ts';
import { splitRichText } from './inline.ts';
import { richTextLimits, type SurfaceBudget } from './limits.ts';

/** JSON around a block's content: brackets, a comma and its `block_id`. */
const frame = 40;
const leastWorthShowing = 120;

/**
 * Brings blocks within a surface's budget. Buttons outlast text, because what can be done must stay in
 * reach; the text is shown up to the point where it no longer fits, and `mark` says so there. Below the mark, a
 * button that reads like one above it is left out: without its text nobody could tell what it is about.
 */
export function fitBlocks(blocks: KnownBlock[], budget: SurfaceBudget, mark: string): KnownBlock[] {
  const compact = blocks.length > budget.blocks ? joinRichText(blocks) : blocks;
  if (compact.length <= budget.blocks && charactersOf(compact) <= budget.characters) return withIds(compact);
  return withIds(shorten(compact, budget, markBlock(mark)));
}

/** Characters that blocks take as JSON, their ids included. */
export function charactersOf(blocks: KnownBlock[]): number {
  return blocks.reduce((total, block) => total + frame + JSON.stringify(block).length, 0);
}

function shorten(blocks: KnownBlock[], budget: SurfaceBudget, mark: KnownBlock): KnownBlock[] {
  const room = { blocks: budget.blocks - 1, characters: budget.characters - charactersOf([mark]) };
  const take = (block: KnownBlock): boolean => {
    const characters = charactersOf([block]);
    if (room.blocks < 1 || room.characters < characters) return false;
    room.blocks -= 1;
    room.characters -= characters;
    return true;
  };
  const buttons = new Set(blocks.filter((block) => block.type === 'actions' && take(block)));
  const shown: KnownBlock[] = [];
  let marked = false;
  for (const block of blocks) {
    if (buttons.has(block)) shown.push(...(marked && readsLikeOneOf(block, shown) ? [] : [block]));
    else if (!marked && block.type !== 'actions' && take(block)) shown.push(block);
    else if (!marked) {
      const head = room.blocks > 0 ? headOf(block, room.characters) : null;
      shown.push(...(head === null ? [mark] : [head, mark]));
      marked = true;
    }
  }
  return shown;
}

/** Whether each label in a row of buttons stands on a button that is shown already. */
function readsLikeOneOf(row: KnownBlock, shown: readonly KnownBlock[]): boolean {
  const labels = new Set(shown.flatMap(labelsOf));
  return labelsOf(row).every((label) => labels.has(label));
}

function labelsOf(block: KnownBlock): string[] {
  if (block.type !== 'actions') return [];
  return block.elements.flatMap((element) => (element.type === 'button' ? [element.text.text] : []));
}

/** As much of a paragraph as there is room for, or null when that is too little to be worth it. */
function headOf(block: KnownBlock, room: number): KnownBlock | null {
  const [section, other] = block.type === 'rich_text' ? block.elements : [];
  if (section?.type !== 'rich_text_section' || other !== undefined) return null;
  const overhead = charactersOf([richTextSection([])]) + frame;
  // JSON may take two characters for one, and an element of its own for each change of style.
  for (const portion of [0.95, 0.7, 0.45]) {
    const length = Math.floor((room - overhead) * portion);
    const [elements] =
      length < leastWorthShowing ? [] : splitRichText(section.elements.map(uncutText), length);
    if (elements === undefined) return null;
    const head = richTextSection([...elements, { type: 'text', text: ellipsis }]);
    if (charactersOf([head]) <= room) return head;
  }
  return null;
}

function uncutText(element: RichTextElement): RichTextElement {
  return element.type === 'text' ? { ...element, text: withoutIsolates(element.text) } : element;
}

function richTextSection(elements: RichTextElement[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Makes fewer blocks of many short ones by joining neighbours of rich text. */
function joinRichText(blocks: KnownBlock[]): KnownBlock[] {
  const joined: KnownBlock[] = [];
  for (const block of blocks) {
    const previous = joined.at(-1);
    const fits = previous !== undefined && charactersOf([previous, block]) <= richTextLimits.text;
    if (block.type === 'rich_text' && previous?.type === 'rich_text' && fits) {
      joined[joined.length - 1] = { ...previous, elements: [...previous.elements, ...block.elements] };
    } else joined.push(block);
  }
  return joined;
}

function markBlock(mark: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: `${ellipsis} ${mark}`, emoji: false }] };
}

/** Ids by position. Blocks that already have one (a view's inputs) keep it. */
function withIds(blocks: KnownBlock[]): KnownBlock[] {
  return blocks.map((block, index) => ({ ...block, block_id: block.block_id ?? `block-${index + 1}` }));
}
