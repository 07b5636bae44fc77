import { isObject, objectsOf, stringOf } from '../workspace/json.ts';

type Node = Record<string, unknown>;

/** The words of an Adaptive Card, a line an element, as a person reads them. */
export function cardToText(card: unknown): string {
  return linesOf(isObject(card) ? card : {})
    .filter((line) => line !== '')
    .join('\n');
}

/** Without what is invisible: what keeps foreign words from becoming markup, and directions. */
export function visibleText(text: string): string {
  return text.replace(/[\u200b\u2066-\u2069]/g, '');
}

function linesOf(node: Node): string[] {
  if (node.isVisible === false) return [];
  switch (node.type) {
    case 'TextBlock':
      return [markdownWords(stringOf(node.text) ?? '')];
    case 'RichTextBlock':
      return [
        visibleText(
          objectsOf(node.inlines)
            .map(({ text }) => String(text))
            .join(''),
        ),
      ];
    case 'FactSet':
      return objectsOf(node.facts).map(({ title, value }) => markdownWords(`${title} ${value}`));
    case 'ActionSet':
      return [buttons(node.actions)];
    case 'ColumnSet':
      return [objectsOf(node.columns).flatMap(linesOf).join(' ')];
    case 'TableRow':
      return [objectsOf(node.cells).flatMap(linesOf).join(' ')];
    default:
      return [
        ...[node.body, node.items, node.rows].flatMap(objectsOf).flatMap(linesOf),
        ...(node.actions === undefined ? [] : [buttons(node.actions)]),
      ];
  }
}

function buttons(actions: unknown): string {
  return objectsOf(actions)
    .map(({ title }) => `[${visibleText(String(title))}]`)
    .join(' ');
}

/** A time, which the client shows in its reader's zone, is given in UTC. */
function markdownWords(text: string): string {
  return visibleText(text)
    .replace(
      /\{\{DATE\((\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[^)]*\)\}\}(?: \{\{TIME\([^)]*\)\}\})?/g,
      '$1 $2 UTC',
    )
    .replace(/\[((?:\\.|[^\]])*)\]\([^)]*\)/g, '$1')
    .replace(/<at>(.*?)<\/at>/g, '@$1')
    .replace(/(?<!\\)(\*\*|_)/g, '')
    .replace(/\\(.)/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
