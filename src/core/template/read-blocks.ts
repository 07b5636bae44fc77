import type { ListItem, Paragraph, PhrasingContent, RootContent } from 'mdast';
import {
  describeNode,
  knownVariable,
  type ReadingScope,
  readInlines,
  readText,
  reportProblem,
  soleText,
} from './read-inlines.ts';
import type { TemplateBlock, TemplateInline } from './template.ts';

const OPENING = /^\{\{#(if|unless)\s+([^{}\s]+)\s*\}\}$/;
/** `{{links.dashboard}} · {{links.runbook}}`: a paragraph of links and nothing else. */
const LINKS = /^\{\{\s*links\.[^{}]*\}\}(?:\s+·\s+\{\{\s*links\.[^{}]*\}\})*$/;
const CLOSING = /^\{\{\/(if|unless)\}\}$/;

/** Markdown's blocks as template blocks, `{{#if}}` and `{{#unless}}` paragraphs as sections around others. */
export function readBlocks(nodes: readonly RootContent[], scope: ReadingScope): TemplateBlock[] {
  const { blocks, rest } = readUntil(nodes, scope, undefined);
  const [stray] = rest;
  if (stray === undefined) return blocks;
  reportProblem(scope, stray, 'This closes a section that was not opened.');
  return [...blocks, ...readBlocks(rest.slice(1), scope)];
}

/** Reads blocks up to the paragraph that closes the section `kind`; `rest` begins with that paragraph. */
function readUntil(
  nodes: readonly RootContent[],
  scope: ReadingScope,
  opener: { node: RootContent; kind: string } | undefined,
): { blocks: TemplateBlock[]; rest: readonly RootContent[] } {
  const blocks: TemplateBlock[] = [];
  let rest = nodes;
  for (let node = rest[0]; node !== undefined; node = rest[0]) {
    const tag = node.type === 'paragraph' ? soleText(node.children)?.value.trim() : undefined;
    if (tag !== undefined && CLOSING.test(tag)) return { blocks, rest };
    const opening = tag === undefined ? null : OPENING.exec(tag);
    if (opening === null) {
      blocks.push(...readBlock(node, scope));
      rest = rest.slice(1);
    } else {
      const section = readSection(rest, scope, { kind: opening[1] ?? '', variable: opening[2] ?? '' });
      blocks.push(section.block);
      rest = section.rest;
    }
  }
  if (opener !== undefined)
    reportProblem(scope, opener.node, `This section needs a closing {{/${opener.kind}}}.`);
  return { blocks, rest };
}

function readSection(
  nodes: readonly RootContent[],
  scope: ReadingScope,
  { kind, variable }: { kind: string; variable: string },
): { block: TemplateBlock; rest: readonly RootContent[] } {
  const [opener, ...inside] = nodes;
  if (opener === undefined) throw new Error('a section begins with its opening paragraph');
  knownVariable(variable, opener, scope);
  const present = kind === 'if' ? [...scope.present, variable] : scope.present;
  const { blocks, rest } = readUntil(inside, { ...scope, present }, { node: opener, kind });
  const [closer, ...after] = rest;
  if (
    closer?.type === 'paragraph' &&
    CLOSING.exec(soleText(closer.children)?.value.trim() ?? '')?.[1] !== kind
  ) {
    reportProblem(scope, closer, `The section opened by {{#${kind} ${variable}}} closes with {{/${kind}}}.`);
  }
  return { block: { type: 'section', variable, unless: kind === 'unless', blocks }, rest: after };
}

function readBlock(node: RootContent, scope: ReadingScope): TemplateBlock[] {
  switch (node.type) {
    case 'heading':
      if (node.depth === 1) reportProblem(scope, node, 'A template has one "# …" heading, the first block.');
      return [{ type: 'paragraph', content: readInlines(node.children, scope, { style: { bold: true } }) }];
    case 'paragraph':
      return [readLinks(node, scope) ?? readParagraph(node.children, scope)];
    case 'list':
      return [
        {
          type: 'list',
          ordered: node.ordered === true,
          items: node.children.map((item) => readItem(item, scope)),
        },
      ];
    case 'blockquote':
      return node.children.flatMap((child): TemplateBlock[] => {
        if (child.type === 'paragraph')
          return [{ type: 'quote', content: readInlines(child.children, scope) }];
        reportProblem(scope, child, 'A quote holds paragraphs only.');
        return [];
      });
    case 'code':
      return [
        { type: 'code', content: readText({ node, value: node.value, style: {}, onlyItem: false }, scope) },
      ];
    case 'thematicBreak':
      return [{ type: 'divider' }];
    default:
      reportProblem(scope, node, `${describeNode(node)} is not supported in a message.`);
      return [];
  }
}

/** Links that may be missing need no section on a line of their own; undefined when it is another paragraph. */
function readLinks(node: Paragraph, scope: ReadingScope): TemplateBlock | undefined {
  const words = soleText(node.children)?.value ?? '';
  if (!LINKS.test(words)) return undefined;
  const names = [...words.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name);
  for (const name of names) knownVariable(name, node, scope);
  return { type: 'links', names };
}

/** A paragraph that is emphasised as a whole is a note: the small, grey line. */
function readParagraph(children: readonly PhrasingContent[], scope: ReadingScope): TemplateBlock {
  const [first] = children;
  if (children.length === 1 && first?.type === 'emphasis') {
    return { type: 'note', content: readInlines(first.children, scope) };
  }
  return { type: 'paragraph', content: readInlines(children, scope) };
}

function readItem(item: ListItem, scope: ReadingScope): TemplateInline[] {
  const [first, ...others] = item.children;
  for (const other of others)
    reportProblem(scope, other, `${describeNode(other)} is not supported in a list item.`);
  if (first?.type === 'paragraph') return readInlines(first.children, scope, { onlyItem: true });
  reportProblem(scope, first ?? item, 'A list item is one paragraph.');
  return [];
}
