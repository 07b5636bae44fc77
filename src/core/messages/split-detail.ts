import { type Block, type Card, note, paragraph } from '../card/card.ts';
import type { Inline } from '../card/inline.ts';
import { line } from '../card/line.ts';
import { withoutMentions } from '../card/without-mentions.ts';
import { writeIdentity } from '../people/identity.ts';
import { cardText } from '../template/card-text.ts';

/** Detail that is shorter than this (characters) is not worth a thread. */
const LEAST_DETAIL = 400;

/** A message as a channel with threads gets it. */
export interface SplitMessage {
  /** The news: headline and first paragraph, whoever has to act, and the buttons. */
  news: Card;
  /** What is below it, in the thread. Nobody is mentioned there; null: the message is short, and stays whole. */
  detail: Card | null;
}

/**
 * Splits a message into the news, for the channel, and its detail, for the thread of the news. Whoever the detail
 * mentions is mentioned in the news instead: a thread calls nobody.
 */
export function splitDetail(card: Card): SplitMessage {
  const end = endOfNews(card.blocks);
  const below = card.blocks.slice(end).filter((block) => block.type !== 'actions' && !asksForButtons(block));
  const detail = { summary: line`Details: ${card.summary}`, blocks: trimmed(below) };
  if (cardText(detail).length < LEAST_DETAIL) return { news: card, detail: null };
  const above = card.blocks.slice(0, end);
  const rest = card.blocks.slice(end).filter((block) => !below.includes(block));
  const called = mentionedOnlyIn(below, above);
  const blocks = [...above, pointer(called), ...rest];
  return { news: { ...card, blocks }, detail: withoutMentions(detail) };
}

/** After the header and the first paragraph, with what belongs to it. */
function endOfNews(blocks: readonly Block[]): number {
  const lead = blocks.findIndex((block) => block.type !== 'header' && block.type !== 'divider');
  return lead < 0 ? blocks.length : lead + 1;
}

/** What asks people to use the buttons stays beside them. */
function asksForButtons(block: Block): boolean {
  return block.type === 'paragraph' && block.asks === true;
}

/** No line at its beginning or end. */
function trimmed(blocks: readonly Block[]): Block[] {
  const isLine = (block: Block | undefined) => block?.type === 'divider';
  const from = isLine(blocks[0]) ? 1 : 0;
  return blocks.slice(from, isLine(blocks.at(-1)) ? -1 : undefined);
}

function pointer(called: readonly Inline[]): Block {
  if (called.length === 0) return note('🧵 Details in the thread.');
  const people = called.flatMap((person, index) => (index === 0 ? [person] : [' ', person]));
  return paragraph(line`🧵 ${people}: what you need to do is in the thread.`);
}

type Person = Extract<Inline, { type: 'person' }>;

function mentionedOnlyIn(below: readonly Block[], above: readonly Block[]): Inline[] {
  const seen = new Set(mentionsIn(above).map(accountsOf));
  return mentionsIn(below).filter((person) => {
    const isNew = !seen.has(accountsOf(person));
    seen.add(accountsOf(person));
    return isNew;
  });
}

function mentionsIn(blocks: readonly Block[]): Person[] {
  return blocks.flatMap(inlinesOf).flatMap((one) => (one.type === 'person' && one.mention ? [one] : []));
}

function accountsOf({ name, identities }: Person): string {
  return [name, ...identities.map((identity) => writeIdentity(identity))].join('\n');
}

function inlinesOf(block: Block): readonly Inline[] {
  switch (block.type) {
    case 'list':
      return block.items.flat();
    case 'fields':
      return block.fields.flatMap(({ content }) => content);
    case 'paragraph':
    case 'quote':
    case 'note':
      return block.content;
    case 'header':
    case 'code':
    case 'links':
    case 'divider':
    case 'actions':
      return [];
  }
}
