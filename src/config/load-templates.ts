import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { loadTemplate, type TemplateSet } from '../core/template/load-template.ts';
import type { Template } from '../core/template/template.ts';
import { findPackageFolder } from './package-folder.ts';

/** The templates that come with tminus. */
export const BUILT_IN_TEMPLATES = findPackageFolder('templates');

/** Templates that can't be used; the message has a line for each problem: `file:line:column what`. */
export class TemplateError extends Error {
  override name = 'TemplateError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads every `*.md` of the folders as a template named after its file; a later folder overrides an
 * earlier one. Throws TemplateError with the problems of all files at once, and the file system's own
 * error when a folder can't be read.
 */
export async function loadTemplates(folders: readonly string[] = [BUILT_IN_TEMPLATES]): Promise<TemplateSet> {
  const templates = new Map<string, Template>();
  const problems: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder);
    for (const entry of entries.filter((name) => name.endsWith('.md')).sort()) {
      const path = join(folder, entry);
      const name = basename(entry, '.md');
      const reading = loadTemplate(name, await readFile(path, 'utf8'));
      if (reading.ok) templates.set(name, reading.template);
      else
        problems.push(
          ...reading.problems.map(({ line, column, message }) => `${path}:${line}:${column} ${message}`),
        );
    }
  }
  if (problems.length > 0) throw new TemplateError(problems);
  return templates;
}
