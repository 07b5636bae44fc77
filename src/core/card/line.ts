import { barText } from './bar.ts';
import type { Inline } from './inline.ts';

/** One or a few sentences: a text, or texts between which commands, people or times are named. */
export type Line = string | readonly (string | Inline)[];

/**
 * A line as a template: ``line`Ask again with ${command('promote')}.` ``. Values may be texts, numbers, inlines and
 * lines.
 */
export function line(texts: TemplateStringsArray, ...values: (number | Line | Inline)[]): Line {
  const parts = texts.flatMap((text, index) => {
    const value = values[index];
    return value === undefined ? [text] : [text, ...partsOf(value)];
  });
  return joinTexts(parts);
}

function partsOf(value: number | Line | Inline): readonly (string | Inline)[] {
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'string' || 'type' in value ? [value] : value;
}

/** Neighbouring texts become one, and a line of nothing but text a string. */
function joinTexts(parts: readonly (string | Inline)[]): Line {
  const joined: (string | Inline)[] = [];
  for (const part of parts) {
    const previous = joined.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof previous === 'string') joined[joined.length - 1] = previous + part;
    else joined.push(part);
  }
  const [only = ''] = joined;
  return joined.length <= 1 && typeof only === 'string' ? only : joined;
}

/** A line as the content of a block. */
export function inlines(content: Line): Inline[] {
  const parts = typeof content === 'string' ? [content] : content;
  return parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part));
}

/** A line in plain words, for records and consoles; a command is quoted, since only a platform knows how it is typed. */
export function lineText(content: Line): string {
  return spelledText(content, quoted);
}

/** The same with commands as they are typed somewhere. */
export function spelledText(content: Line, spell: SpellCommand): string {
  return inlines(content)
    .map((inline) => wordsOf(inline, spell))
    .join('');
}

function quoted(command: CommandInline): string {
  return `"${commandWords(command)}"`;
}

function wordsOf(inline: Inline, spell: SpellCommand): string {
  const words = inlineWords(inline, spell);
  return inline.type === 'link' ? `${words} (${inline.url})` : words;
}

type CommandInline = Extract<Inline, { type: 'command' }>;

/** How a command is typed somewhere. */
export type SpellCommand = (command: CommandInline) => string;

/** An inline in plain words, for places that can show nothing else. `spell`: how a command is typed there. */
export function inlineWords(inline: Inline, spell: SpellCommand): string {
  switch (inline.type) {
    case 'text':
    case 'link':
      return inline.text;
    case 'time':
      return inline.fallback;
    case 'command':
      return spell(inline);
    case 'person':
    case 'place':
      return inline.name;
    case 'bar':
      return barText(inline);
  }
}

/** The words of a command, without whatever a platform puts before them. */
export function commandWords({ command, args }: Pick<CommandInline, 'command' | 'args'>) {
  return args === '' ? command : `${command} ${args}`;
}
