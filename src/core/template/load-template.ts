import { fromMarkdown } from 'mdast-util-from-markdown';
import { findExcess } from './find-excess.ts';
import { readBlocks } from './read-blocks.ts';
import { type ReadingScope, readInlines, reportProblem } from './read-inlines.ts';
import type { Template, TemplateProblem } from './template.ts';

/** Templates by name. */
export type TemplateSet = Pick<ReadonlyMap<string, Template>, 'get' | 'keys'>;

export type TemplateReading = { ok: true; template: Template } | { ok: false; problems: TemplateProblem[] };

/**
 * Reads a template: Markdown whose first block is a heading, with `{{variables}}` and sections. Every
 * problem is told at once: unknown variables, sections left open, Markdown that no chat can show.
 */
export function loadTemplate(name: string, markdown: string): TemplateReading {
  const excess = findExcess(markdown);
  if (excess !== undefined) return { ok: false, problems: [excess] };
  const tree = fromMarkdown(markdown);
  const scope: ReadingScope = { problems: [], present: [], uses: { count: 0 } };
  const [first, ...rest] = tree.children;
  if (first?.type !== 'heading' || first.depth !== 1) {
    reportProblem(scope, first ?? tree, 'A template begins with a heading: "# …".');
    return { ok: false, problems: scope.problems };
  }
  const title = readInlines(first.children, scope);
  const blocks = readBlocks(rest, scope);
  if (scope.problems.length > 0) return { ok: false, problems: scope.problems };
  return { ok: true, template: { name, title, blocks } };
}
