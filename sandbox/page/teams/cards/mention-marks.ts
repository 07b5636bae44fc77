/**
 * Mentions on their way through markdown: each `<at>…</at>` that an entity explains becomes a mark of letters that
 * no markup touches, and is read back when the text is shown. Any other `<at>` stays text, as in Teams.
 */

/** As Bot Framework has it, in a message's `entities` and a card's `msteams.entities`. */
export interface MentionEntity {
  type: 'mention';
  text: string;
  mentioned: { id: string; name: string };
}

const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MARKS = /[\uE000\uE001]/g;
const MARKED = /\uE000([0-9a-f.]*)\uE001/g;

/** The text with a mark in place of each mention. Marks that somebody typed are taken out first. */
export function markMentions(text: string, entities: readonly MentionEntity[]): string {
  let marked = text.replace(MARKS, '');
  for (const { text: source, mentioned } of entities) {
    if (source !== '') marked = marked.replaceAll(source, `${OPEN}${encode(mentioned.name)}${CLOSE}`);
  }
  return marked;
}

/** A text as runs: plain ones, and the names of those mentioned. */
export function splitMentions(marked: string): { text: string; mention: boolean }[] {
  return marked
    .split(MARKED)
    .map((part, index) =>
      index % 2 ? { text: decode(part), mention: true } : { text: part, mention: false },
    )
    .filter(({ text }) => text !== '');
}

/** The text with names in place of the marks. */
export function unmarkMentions(marked: string): string {
  return splitMentions(marked)
    .map(({ text }) => text)
    .join('');
}

/** Those of a list that are mentions of the expected shape. */
export function mentionsIn(entities: unknown): MentionEntity[] {
  return Array.isArray(entities) ? entities.filter(isMention) : [];
}

function isMention(entity: unknown): entity is MentionEntity {
  const { type, text, mentioned } = (entity ?? {}) as Partial<MentionEntity>;
  return type === 'mention' && typeof text === 'string' && typeof mentioned?.name === 'string';
}

const encode = (name: string) => [...name].map((letter) => letter.codePointAt(0)?.toString(16)).join('.');

function decode(codes: string): string {
  const letters = codes.split('.').filter(Boolean);
  return letters.map((code) => String.fromCodePoint(Number.parseInt(code, 16))).join('');
}
