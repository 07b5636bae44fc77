import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadTemplate, type TemplateSet } from '../core/template/load-template.ts';
import type { Template } from '../core/template/template.ts';
import { hasErrorCode } from '../lib/error-code.ts';
import { LazyMap } from '../lib/lazy-map.ts';
import { findPackageFolder } from '../lib/package-folder.ts';

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
 * earlier one. The built-in ones, which our tests check, are parsed when first used: parsing all of them
 * would be a fifth of the start. Throws TemplateError with the problems of all other files at once, and the
 * file system's own error when a folder can't be read.
 */
export function loadTemplates(folders: readonly string[] = [BUILT_IN_TEMPLATES]): TemplateSet {
  const templates = new Map<string, () => Template>();
  const problems: string[] = [];
  for (const folder of folders) {
    for (const { name, path, text } of readFolder(folder)) {
      const parse = () => parseTemplate(name, { path, text });
      templates.set(name, folder === BUILT_IN_TEMPLATES ? parse : parsedNow(parse, problems));
    }
  }
  if (problems.length > 0) throw new TemplateError(problems);
  return new LazyMap(templates);
}

/** At once, since a dozen small files take longer to wait for than to read. */
function readFolder(folder: string): { name: string; path: string; text: string }[] {
  const files = listFolder(folder).filter((name) => name.endsWith('.md'));
  return files.sort().map((file) => {
    const path = join(folder, file);
    return { name: basename(file, '.md'), path, text: readFileSync(path, 'utf8') };
  });
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT', 'ENOTDIR')) throw error;
    throw new TemplateError([`There is no folder of templates at ${folder}.`]);
  }
}

function parseTemplate(name: string, { path, text }: { path: string; text: string }): Template {
  const reading = loadTemplate(name, text);
  if (reading.ok) return reading.template;
  throw new TemplateError(
    reading.problems.map(({ line, column, message }) => `${path}:${line}:${column} ${message}`),
  );
}

/** Parses at once; what is wrong is added to the problems. */
function parsedNow(parse: () => Template, problems: string[]): () => Template {
  try {
    const template = parse();
    return () => template;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    problems.push(...error.problems);
    return parse;
  }
}
