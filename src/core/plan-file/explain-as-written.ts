import { isMap, isNode, isScalar, isSeq, type Scalar } from 'yaml';
import { lineRest } from './line-rest.ts';
import { quoted } from './quoted.ts';

/**
 * Why YAML took what was meant as a text for something else, and how to write it: a number, nothing at all, a group
 * because of a colon, a list because of brackets. Takes the node and the text that it was read from; undefined when
 * there is nothing to say.
 */
export function explainAsWritten(node: unknown, text: string): string | undefined {
  if (!isNode(node) || !node.range) return undefined;
  if (isScalar(node)) return explainScalar(node, text);
  const written = text.slice(node.range[0], node.range[1]).trim();
  if (written.includes('\n')) return undefined;
  if (isMap(node) && !node.flow)
    return written.startsWith('?')
      ? `A question mark makes it a field. In quotes it is text: ${quoted(written)}.`
      : `A colon with a space after it makes it a field. In quotes it is text: ${quoted(written)}.`;
  if (isMap(node)) return `Braces make a group of fields. In quotes it is text: ${quoted(written)}.`;
  if (!isSeq(node)) return undefined;
  const sign = node.flow ? 'Brackets make' : 'A dash makes';
  return `${sign} a list. In quotes it is text: ${quoted(written)}.`;
}

function explainScalar(node: Scalar, text: string): string | undefined {
  const source = node.source ?? '';
  if (typeof node.value === 'number')
    return `YAML reads ${source} as a number. In quotes it is text: ${quoted(source)}.`;
  if (typeof node.value === 'boolean')
    return `YAML reads ${source} as true or false. In quotes it is text: ${quoted(source)}.`;
  if (node.value !== null) return undefined;
  if (source !== '') return `YAML reads ${source} as nothing. In quotes it is text: ${quoted(source)}.`;
  const rest = lineRest(text, node.range?.[0] ?? 0);
  return rest.startsWith('#') ? `A # begins a comment. In quotes it is text: ${quoted(rest)}.` : undefined;
}
