import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Document {
  /** From the project's folder. */
  path: string;
  text: string;
}

/** Everything that is written for people: the documents at the top, and the Markdown below docs/. */
export function readDocuments(): Document[] {
  const below = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join('docs', name.split(path.sep).join('/')));
  return ['README.md', 'ARCHITECTURE.md', 'GLOSSARY.md', ...below.sort()].map((name) => ({
    path: name,
    text: readFileSync(name, 'utf8'),
  }));
}

const folders = 'src|sandbox(?!/dist)|test|bench|docs|migrations|templates|examples|scripts|bin|\\.ci';
const namedPath = new RegExp(`(?<![\\w./<-])(?:${folders})/[\\w./<>*-]*`, 'g');

/** The paths of this project that a text names, without those that stand for many (`src/<folder>/…`, `*.md`). */
export function pathsIn(text: string): string[] {
  const found = text.match(namedPath) ?? [];
  return [...new Set(found.filter((name) => !/[<>*]/.test(name)).map((name) => name.replace(/[./]+$/, '')))];
}

/** Where the links and pictures of a document lead, from the project's folder; addresses of the web are left out. */
export function linksIn({ path: name, text }: Document): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => (target ? [target] : []));
  return targets
    .filter((target) => !/^(?:https?:|#)/.test(target))
    .map((target) => path.posix.join(path.posix.dirname(name), target.replace(/#.*$/, '')));
}

/** The sections of a document, as links name them. */
export function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The scripts that a text runs, from `npm run name`. */
export function scriptsIn(text: string): string[] {
  return [...text.matchAll(/npm run ([a-z:-]+[a-z])/g)].flatMap(([, name]) => (name ? [name] : []));
}

/** The code of a text: spans, fenced blocks and indented lines. */
export function codeIn(text: string): string[] {
  const fenced = [...text.matchAll(/^```.*\n([\s\S]*?)^```$/gm)].flatMap(([, code = '']) => code.split('\n'));
  const indented = [...text.matchAll(/^(?: {4,}|\t)(\S.*)$/gm)].map(([, line = '']) => line);
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return [...fenced, ...indented, ...spans];
}

/** What the texts type after `tminus`: a command and, when it follows, the word after it. */
export function commandsIn(text: string): { line: string; command: string; next: string | undefined }[] {
  return codeIn(text).flatMap((line) => {
    const [, command, next] = /^(?:npx )?tminus ([a-z]+)(?: ([a-z]+))?/.exec(line) ?? [];
    return command === undefined ? [] : [{ line, command, next }];
  });
}
