import type { Block, Card, Inline } from '../card/card.ts';
import { text } from '../card/inline.ts';
import { cardText } from '../template/card-text.ts';

/** A message as its owner has written it, in place of the template's. All of it is literal: no placeholder is filled in. */
export interface EditedText {
  title: string;
  body: string;
}

/** As the header of a message takes it. */
export const maxTitleLength = 150;
/** As much as a field of a form takes on any platform. */
export const maxBodyLength = 3000;

const listItem = /^[-•]\s+/;
const webAddress = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/g;

/** What a form shows of a message to begin with: a value of a template as the reader's words, nothing to be filled in. */
export function editedTextOf({ blocks }: Card): EditedText {
  const [first, ...rest] = blocks;
  const shown = rest.filter(({ type }) => type !== 'actions');
  if (first?.type === 'header') {
    return { title: first.text, body: cardText({ summary: '', blocks: shown }) };
  }
  return { title: '', body: cardText({ summary: '', blocks }) };
}

/**
 * An edited text as a message: a blank line begins a paragraph, lines that begin with `- ` are a list, and web
 * addresses are links. Everything else stays as it was typed.
 */
export function cardOfEdited({ title, body }: EditedText): Card {
  const parts = body
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return { summary: title, blocks: [{ type: 'header', text: title }, ...parts.flatMap(blocksOf)] };
}

/** A paragraph may introduce a list without a blank line between them. */
function blocksOf(part: string): Block[] {
  const lines = part.split('\n').map((each) => each.trim());
  const from = lines.findIndex((each) => listItem.test(each));
  const isList = from >= 0 && lines.slice(from).every((each) => listItem.test(each));
  if (!isList) return [{ type: 'paragraph', content: linked(lines.join('\n')) }];
  const items = lines.slice(from).map((each) => linked(each.replace(listItem, '')));
  const list: Block = { type: 'list', ordered: false, items };
  return from === 0
    ? [list]
    : [{ type: 'paragraph', content: linked(lines.slice(0, from).join('\n')) }, list];
}

function linked(words: string): Inline[] {
  const content: Inline[] = [];
  let end = 0;
  for (const { 0: url, index } of words.matchAll(webAddress)) {
    if (index > end) content.push(text(words.slice(end, index)));
    content.push({ type: 'link', url, text: url });
    end = index + url.length;
  }
  return end < words.length ? [...content, text(words.slice(end))] : content;
}
