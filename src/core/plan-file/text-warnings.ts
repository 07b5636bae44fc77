import { type Document, isPair, isScalar, isSeq, type Scalar, visit } from 'yaml';
import { lineRest } from './line-rest.ts';
import { brief, quoted } from './quoted.ts';

/** Something that was read otherwise than it was probably meant. */
export interface TextWarning {
  /** In UTF-16 units. */
  offset: number;
  path: (string | number)[];
  /** A whole sentence. */
  message: string;
}

/** Fields in which people write sentences; any other is checked by what it may hold. */
const textFields = ['product', 'version', 'summary', 'name', 'title'];

/**
 * Texts that YAML cut or changed without an error: at a comment that was none, at an anchor, in curly quotes, where
 * a character was lost. Takes the text that the document was read from.
 */
export function textWarnings(document: Document, text: string): TextWarning[] {
  const used = new Set<string>();
  visit(document, { Alias: (_, alias) => void used.add(alias.source) });
  const warnings: TextWarning[] = [];
  visit(document, {
    Scalar: (key, node, ancestors) => {
      if (key === 'key' || typeof node.value !== 'string') return;
      const message =
        unusedAnchor(node, used) ??
        lostCharacter(node.value) ??
        cutByComment(node, text) ??
        curlyQuotes(node);
      if (message === undefined) return;
      const path = pathOf(key, ancestors);
      if (isText(path)) warnings.push({ offset: node.range?.[0] ?? 0, path, message });
    },
  });
  return warnings;
}

/** Whether a comment was meant can't be told: "Crash in C # compiler" looks like one. */
function cutByComment(node: Scalar, text: string): string | undefined {
  if (node.type !== 'PLAIN') return undefined;
  const value = String(node.value);
  const comment = lineRest(text, node.range?.[1] ?? 0);
  if (!comment.startsWith('#')) return undefined;
  return (
    `It was read as "${brief(value)}": from "${brief(comment)}" on it is a comment. ` +
    `In quotes it is all text: ${quoted(`${value} ${comment}`)}. If it is a comment, put it on a line of its own.`
  );
}

function curlyQuotes(node: Scalar): string | undefined {
  if (node.type !== 'PLAIN') return undefined;
  const value = String(node.value);
  if (!/^[“„‟«][^“”„‟«»]*[“”»]$/.test(value) && !/^[‘‚‛][^‘’‚‛]*[‘’]$/.test(value)) return undefined;
  return `The curly quotes are part of the text, ${brief(value)}. If they are not meant to be, use straight ones: ${quoted(value.slice(1, -1))}.`;
}

function unusedAnchor(node: Scalar, used: ReadonlySet<string>): string | undefined {
  if (node.anchor === undefined || used.has(node.anchor)) return undefined;
  return `It was read as "${brief(String(node.value))}": "&${brief(node.anchor)}" marks it for an alias that is nowhere. Put a text that begins with & in quotes.`;
}

function lostCharacter(value: string): string | undefined {
  if (!value.includes('\ufffd')) return undefined;
  return `It has the character "\ufffd" in it, where one was lost: was the file saved in UTF-8?`;
}

function isText(path: readonly (string | number)[]): boolean {
  return path[0] === 'scope' || textFields.includes(String(path.at(-1)));
}

function pathOf(key: unknown, ancestors: readonly unknown[]): (string | number)[] {
  return ancestors.flatMap((ancestor, depth): (string | number)[] => {
    const child = ancestors[depth + 1];
    if (isPair(ancestor)) return [isScalar(ancestor.key) ? String(ancestor.key.value) : '?'];
    if (isSeq(ancestor)) return [child === undefined ? Number(key) : ancestor.items.indexOf(child)];
    return [];
  });
}
