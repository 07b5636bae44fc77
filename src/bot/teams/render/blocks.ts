import { type Block, fieldLine, type Inline, text } from '../../../core/card/card.ts';
import { ellipsis } from '../../../lib/shorten-text.ts';
import { cleanText, isBlank } from '../../text/literal.ts';
import { renderActions } from './actions.ts';
import type { Element } from './element.ts';
import { inertLine } from './escape.ts';
import { linkableUrl, type Mentions, markdownOf } from './inline.ts';
import { teamsLimits } from './limits.ts';
import { isVisible, renderLines } from './lines.ts';

/** What a card's blocks are rendered with. */
export interface Rendering {
  mentions: Mentions;
  /** Tells parts of one card apart that are shown and hidden. */
  nextId: () => string;
}

/** Neutral blocks as elements of an Adaptive Card: none for what shows nothing. */
export function renderBlocks(blocks: readonly Block[], rendering: Rendering): Element[] {
  const body: Element[] = [];
  let separator = false;
  for (const block of blocks) {
    if (block.type === 'divider') {
      separator = body.length > 0;
      continue;
    }
    const [first, ...others] = renderBlock(block, rendering);
    if (!first) continue;
    body.push(separator ? { ...first, separator } : first, ...others);
    separator = false;
  }
  return body;
}

function renderBlock(block: Exclude<Block, { type: 'divider' }>, rendering: Rendering): Element[] {
  const { mentions } = rendering;
  switch (block.type) {
    case 'header':
      return renderHeader(block.text);
    case 'paragraph':
      return renderLines(block.content, mentions);
    case 'list':
      return block.items.flatMap((item, index) => renderItem(item, { index, block, mentions }));
    case 'quote':
      return boxed(renderLines(block.content, mentions));
    case 'code':
      return boxed(renderCode(block.text, mentions));
    case 'note':
      return renderLines(block.content, mentions, { isSubtle: true, size: 'Small' });
    case 'fields':
      return renderFields(block.fields, mentions);
    case 'links':
      return renderLinks(block.links);
    case 'actions':
      return renderButtons(block.buttons, rendering);
  }
}

function renderHeader(raw: string): Element[] {
  const line = inertLine(raw, teamsLimits.headerText);
  if (line === '') return [];
  // Runs, since a header may hold anything that people have named.
  const inlines = [{ type: 'TextRun', text: line, size: 'Large', weight: 'Bolder' }];
  return [{ type: 'RichTextBlock', inlines }];
}

/** An item that shows nothing keeps its place, so that the numbers of an ordered list stay right. */
function renderItem(
  item: readonly Inline[],
  { index, block, mentions }: { index: number; block: { ordered: boolean }; mentions: Mentions },
): Element[] {
  const sign = text(block.ordered ? `${index + 1}. ` : '• ');
  const lines = renderLines([sign, ...(isVisible(item) ? item : [text('–')])], mentions);
  return index === 0 ? lines : lines.map((line) => ({ ...line, spacing: 'Small' }));
}

function boxed(items: Element[]): Element[] {
  return items.length === 0 ? [] : [{ type: 'Container', style: 'emphasis', items }];
}

/** Blanks at the start of a line would be lost. */
function renderCode(raw: string, mentions: Mentions): Element[] {
  const code = cleanText(raw);
  if (isBlank(code)) return [];
  const kept = code.replace(/^[ \t]+/gm, (blanks) => blanks.replace(/\t/g, '    ').replace(/ /g, '\u00a0'));
  return renderLines([{ type: 'text', text: kept, code: true }], mentions);
}

function renderFields(fields: Extract<Block, { type: 'fields' }>['fields'], mentions: Mentions): Element[] {
  const shown = fields.filter((field) => isVisible(fieldLine(field)));
  if (shown.length === 0) return [];
  const facts = shown.map(({ name, content }) => ({
    title: inertLine(name, teamsLimits.label),
    value: content.map((part) => markdownOf(part, mentions)).join('') || '–',
  }));
  return [{ type: 'FactSet', facts }];
}

function renderLinks(links: Extract<Block, { type: 'links' }>['links']): Element[] {
  const actions = links.flatMap(({ label, url: raw }) => {
    const url = linkableUrl(raw);
    const title = inertLine(label, teamsLimits.buttonText) || url || '';
    return url === null ? [] : [{ type: 'Action.OpenUrl', title, url }];
  });
  return inRows(actions);
}

function renderButtons(buttons: Extract<Block, { type: 'actions' }>['buttons'], rendering: Rendering) {
  const { actions, questions, omitted } = renderActions(buttons, rendering.nextId);
  const note = omitted.length === 0 ? [] : [text(`Not available in Teams: ${omitted.join(', ')}`)];
  return [
    ...inRows(actions),
    ...questions,
    ...renderLines(note, rendering.mentions, { isSubtle: true, size: 'Small' }),
  ];
}

/** Teams shows no more than six actions in a row. */
export function inRows(actions: readonly Element[]): Element[] {
  const rows: Element[] = [];
  for (let start = 0; start < actions.length; start += teamsLimits.actionsInRow)
    rows.push({ type: 'ActionSet', actions: actions.slice(start, start + teamsLimits.actionsInRow) });
  return rows;
}

/** Says where something was left out. */
export function shortenedMark(): Element {
  const shown = `${ellipsis} Shortened: the rest does not fit in one Teams message.`;
  return { type: 'TextBlock', text: shown, wrap: true, isSubtle: true, size: 'Small' };
}
