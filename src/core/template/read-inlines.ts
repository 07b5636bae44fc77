import type { Node, PhrasingContent, Text } from 'mdast';
import { suggest } from '../../lib/closest.ts';
import { MESSAGE_VARIABLES } from './message-variables.ts';
import type { TemplateInline, TemplateProblem, TextStyle } from './template.ts';

/** More than any message shows, and few enough that no values make a message huge before it is cut. */
const MAX_USES = 150;

/** Collects a template's problems, and knows which optional variables are safe to use just now. */
export interface ReadingScope {
  problems: TemplateProblem[];
  /** How many variables were used so far: each may stand for a long text. */
  uses: { count: number };
  /** Variables that an enclosing `{{#if}}` has shown to have a value. */
  present: readonly string[];
}

export function reportProblem(scope: ReadingScope, node: Node, message: string): void {
  const { line, column } = node.position?.start ?? { line: 1, column: 1 };
  scope.problems.push({ line, column, message });
}

/** Markdown's inline nodes as template inlines. `onlyItem`: a list variable that stands alone may be empty. */
export function readInlines(
  nodes: readonly PhrasingContent[],
  scope: ReadingScope,
  { style = {}, onlyItem = false }: { style?: TextStyle; onlyItem?: boolean } = {},
): TemplateInline[] {
  return nodes.flatMap((node) =>
    readInline(node, scope, { style, onlyItem: onlyItem && nodes.length === 1 }),
  );
}

function readInline(
  node: PhrasingContent,
  scope: ReadingScope,
  { style, onlyItem }: { style: TextStyle; onlyItem: boolean },
): TemplateInline[] {
  switch (node.type) {
    case 'text':
      return readText({ node, value: node.value.replace(/\n/g, ' '), style, onlyItem }, scope);
    case 'inlineCode':
      return readText({ node, value: node.value, style: { ...style, code: true }, onlyItem: false }, scope);
    case 'strong':
      return readInlines(node.children, scope, { style: { ...style, bold: true } });
    case 'emphasis':
      return readInlines(node.children, scope, { style: { ...style, italic: true } });
    case 'break':
      return [{ type: 'text', text: '\n', style }];
    case 'link':
      return readLink(node, scope);
    default:
      reportProblem(scope, node, `${describeNode(node)} is not supported in a message.`);
      return [];
  }
}

function readLink(node: PhrasingContent & { type: 'link' }, scope: ReadingScope): TemplateInline[] {
  const words = node.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
  if (!/^https:\/\//.test(node.url) || /\{\{|%7B%7B/i.test(node.url + words) || words === '') {
    reportProblem(scope, node, 'A link needs plain text and a fixed https address, without variables.');
    return [];
  }
  return [{ type: 'link', url: node.url, text: words }];
}

/** Splits literal text from `{{variables}}`. */
export function readText(
  { node, value, style, onlyItem }: { node: Node; value: string; style: TextStyle; onlyItem: boolean },
  scope: ReadingScope,
): TemplateInline[] {
  const parts = value.split(/(\{\{[^{}]*\}\})/).filter((part) => part !== '');
  return parts.flatMap((part): TemplateInline[] => {
    if (!/^\{\{[^{}]*\}\}$/.test(part)) {
      if (/\{\{|\}\}/.test(part))
        reportProblem(scope, node, 'A variable is written {{name}}; a brace is missing here.');
      return [{ type: 'text', text: part, style }];
    }
    const name = part.slice(2, -2).trim();
    checkVariable(name, { node, alone: onlyItem && parts.length === 1 }, scope);
    return [{ type: 'variable', name, style }];
  });
}

function checkVariable(
  name: string,
  { node, alone }: { node: Node; alone: boolean },
  scope: ReadingScope,
): void {
  if (/^#(?!if\b|unless\b)/.test(name)) {
    const message = `{{${name}}} is not known: there are {{#if …}} and {{#unless …}}, and no loops. A list variable alone in a list item becomes one item for each entry.`;
    reportProblem(scope, node, message);
    return;
  }
  if (/^[>&!@]/.test(name)) {
    reportProblem(scope, node, `{{${name}}} is not known: a template can't include another, or itself.`);
    return;
  }
  if (/^[#/]|^else$/.test(name)) {
    reportProblem(scope, node, `{{${name}}} has to be a paragraph of its own, with empty lines around it.`);
    return;
  }
  scope.uses.count += 1;
  if (scope.uses.count === MAX_USES + 1) {
    const message = `This is the ${MAX_USES + 1}st variable; a message has no room for the values of more than ${MAX_USES}.`;
    reportProblem(scope, node, message);
  }
  const variable = knownVariable(name, node, scope);
  if (variable === undefined || !variable.optional || scope.present.includes(name)) return;
  if (alone && variable.kind === 'list') return;
  reportProblem(scope, node, `{{${name}}} may have no value: put it between {{#if ${name}}} and {{/if}}.`);
}

/** The variable of this name; reports and gives undefined when there is none. */
export function knownVariable(name: string, node: Node, scope: ReadingScope) {
  const variable = MESSAGE_VARIABLES.get(name);
  if (variable !== undefined) return variable;
  const hint = suggest(name, [...MESSAGE_VARIABLES.keys()]);
  reportProblem(scope, node, `There is no variable {{${name}}}.${hint === undefined ? '' : ` ${hint}`}`);
  return undefined;
}

export function describeNode(node: Node): string {
  const names: Record<string, string> = { html: 'HTML', image: 'An image', list: 'A list within a list' };
  return names[node.type] ?? `Markdown of type "${node.type}"`;
}

/** The text of a paragraph that is nothing but literal text; undefined otherwise. */
export function soleText(children: readonly PhrasingContent[]): Text | undefined {
  const [first] = children;
  return children.length === 1 && first?.type === 'text' ? first : undefined;
}
