import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandboxCommand } from '../../sandbox/cli/sandbox-command.ts';
import { createProgram } from '../../src/cli/program.ts';
import { anchorsIn, commandsIn, linksIn, pathsIn, readDocuments, scriptsIn } from './documents.ts';

const documents = readDocuments();
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('finding what a document names', () => {
  it('sees paths in sentences, code and links, and leaves patterns out', () => {
    const text =
      'See `src/app.ts`, [it](docs/plans.md#when), src/core/plan/, sandbox/bot/run-bot.ts. Not src/<folder>/a.ts or docs/*.md.';
    expect(pathsIn(text)).toEqual(['src/app.ts', 'docs/plans.md', 'src/core/plan', 'sandbox/bot/run-bot.ts']);
  });

  it('sees links from where the document is', () => {
    const text = '[a](../src/app.ts) ![b](images/sandbox.png) [c](https://example.com) [d](#here)';
    expect(linksIn({ path: 'docs/sandbox.md', text })).toEqual(['src/app.ts', 'docs/images/sandbox.png']);
  });

  it('sees scripts, and the anchors of headings', () => {
    expect(scriptsIn('`npm run sandbox -- --play`, then npm run db:generate.')).toEqual([
      'sandbox',
      'db:generate',
    ]);
    expect(anchorsIn('# Go/no-go: `x`\n\n## To add a …')).toEqual(['gono-go-x', 'to-add-a-']);
  });

  it('sees commands in code, and none in sentences', () => {
    const text =
      'tminus plan is one.\n\n    npx tminus audit verify\n\n`tminus start` and `tminus plan check FILE`';
    expect(commandsIn(text).map(({ command, next }) => [command, next])).toEqual([
      ['audit', 'verify'],
      ['start', undefined],
      ['plan', 'check'],
    ]);
  });
});

describe.each(documents)('$path', (document) => {
  it('names only files and folders that exist', () => {
    const named = [...pathsIn(document.text), ...linksIn(document)];
    expect(named.filter((name) => !existsSync(name))).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    expect(scriptsIn(document.text).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('links only to sections that exist', () => {
    const targets = [...document.text.matchAll(/\]\(([^)\s:]*\.md|)#([^)\s]+)\)/g)];
    const missing = targets.filter(([, file = '', anchor = '']) => {
      const target = file ? path.posix.join(path.posix.dirname(document.path), file) : document.path;
      return !anchorsIn(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it('names only commands that the program has', () => {
    const known = commandLines();
    const missing = commandsIn(document.text).filter(({ command, next }) => {
      const subcommands = known.get(command);
      return !subcommands || (subcommands.length > 0 && (next === undefined || !subcommands.includes(next)));
    });
    expect(missing.map(({ line }) => line)).toEqual([]);
  });
});

/** The program's commands, each with its subcommands. */
function commandLines(): Map<string, string[]> {
  const { commands } = createProgram([sandboxCommand()]);
  return new Map(commands.map((command) => [command.name(), command.commands.map((sub) => sub.name())]));
}
