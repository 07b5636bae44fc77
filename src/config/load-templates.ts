import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Product } from '../core/product-file/product.ts';
import { loadTemplate, type TemplateReading, type TemplateSet } from '../core/template/load-template.ts';
import type { Template } from '../core/template/template.ts';
import { hasErrorCode } from '../lib/error-code.ts';
import { findPackageFolder } from '../lib/package-folder.ts';

/** The templates that come with tminus. */
const BUILT_IN_TEMPLATES = findPackageFolder('templates');

/** Far more than a template has; a larger file is not read at all. */
const MAX_BYTES = 1_000_000;
const TOO_LARGE: TemplateReading = {
  ok: false,
  problems: [{ line: 1, column: 1, message: 'The file is larger than 1 MB, so it is no template.' }],
};

/** Templates that can't be used; the message has a line for each problem: `file:line:column what`. */
export class TemplateError extends Error {
  override name = 'TemplateError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

interface TemplateFile {
  name: string;
  path: string;
  /** Null: the file is too large to be read. */
  text: string | null;
}

/**
 * Every `*.md` of the built-in folder, and of folders of one's own, as a template named after its file; one's own
 * override the built-in ones, and later folders earlier ones. One's own are read and checked at once. A built-in one is read when it is first asked
 * for: to read all of them was a third of the start, and a test holds that each can be read. Throws TemplateError with
 * the problems of all files at once, and the file system's own error when a folder can't be read.
 */
export function loadTemplates(...ownFolders: (string | undefined)[]): TemplateSet {
  const builtIn = new Map(readFolder(BUILT_IN_TEMPLATES).map((file) => [file.name, file]));
  const own = ownFolders.flatMap((folder) => (folder === undefined ? [] : readFolder(folder)));
  const templates = readAll(own);
  return {
    keys: () => new Set([...builtIn.keys(), ...templates.keys()]).keys(),
    get: (name) => {
      const file = builtIn.get(name);
      const template = templates.get(name) ?? (file && readAll([file]).get(name));
      if (template) templates.set(name, template);
      return template;
    },
  };
}

/** The templates of each product that has its own, by its name: these first, then the organisation's, then the built-in ones. */
export function loadProductTemplates({
  templates,
  products,
}: {
  templates?: string | undefined;
  products: readonly Product[];
}): ReadonlyMap<string, TemplateSet> {
  const own = products.filter((product) => product.templates !== undefined);
  return new Map(own.map((product) => [product.name, loadTemplates(templates, product.templates)]));
}

/** @throws TemplateError with the problems of all files at once. */
function readAll(files: readonly TemplateFile[]): Map<string, Template> {
  const templates = new Map<string, Template>();
  const problems: string[] = [];
  for (const { name, path, text } of files) {
    const reading = text === null ? TOO_LARGE : loadTemplate(name, text);
    if (reading.ok) templates.set(name, reading.template);
    else problems.push(...reading.problems.map((problem) => placed(path, problem)));
  }
  if (problems.length > 0) throw new TemplateError(problems);
  return templates;
}

/** At once, since a dozen small files take longer to wait for than to read. */
function readFolder(folder: string): TemplateFile[] {
  const files = listFolder(folder).filter((name) => name.endsWith('.md'));
  return files.sort().map((file) => {
    const path = join(folder, file);
    const isTooLarge = statSync(path).size > MAX_BYTES;
    return { name: basename(file, '.md'), path, text: isTooLarge ? null : readFileSync(path, 'utf8') };
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

function placed(
  path: string,
  { line, column, message }: { line: number; column: number; message: string },
): string {
  return `${path}:${line}:${column} ${message}`;
}
