/** Markdown as far as Teams reads it, made into HTML. HTML in it is text, and addresses are of the web or of mail. */
import { micromark } from 'micromark';
import { splitMentions } from './mention-marks.ts';

const notInMessages = ['htmlFlow', 'htmlText', 'definition', 'labelStartImage', 'setextUnderline'];

/** A card has bold, italic, lists and links, and nothing else. */
const notInCards = [
  ...notInMessages,
  'blockQuote',
  'codeFenced',
  'codeIndented',
  'codeText',
  'headingAtx',
  'thematicBreak',
];

/** A TextBlock or a fact of a card as safe HTML. `marked`: its mentions are marked. */
export function cardHtml(marked: string): string {
  return toHtml(marked, notInCards);
}

/** A message of the bot as safe HTML; beside what cards have, quotes, code and headings. */
export function messageHtml(marked: string): string {
  return toHtml(marked, notInMessages);
}

function toHtml(marked: string, without: string[]): string {
  const html = micromark(marked, { extensions: [{ disable: { null: without } }] });
  // What was text has no `<` any more, so this is the start of a link and nothing else.
  const linked = html.replaceAll('<a href=', '<a target="_blank" rel="noreferrer" href=');
  return splitMentions(linked).map(runHtml).join('');
}

function runHtml({ text, mention }: { text: string; mention: boolean }): string {
  return mention ? `<span class="mention">${escapeHtml(text)}</span>` : text;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
