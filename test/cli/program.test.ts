import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { sandboxCommand } from '../../sandbox/cli/sandbox-command.ts';
import { createProgram } from '../../src/cli/program.ts';

const createWhole = () => createProgram([sandboxCommand()]);

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

const lineOf = (command: Command): string =>
  command.parent ? `${lineOf(command.parent)} ${command.name()}` : command.name();

/** Runs a command line that ends before anything is done; an error stands where the process would exit. */
async function run(...words: string[]) {
  const program = createWhole();
  const out: string[] = [];
  const error: string[] = [];
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void out.push(text),
      writeErr: (text) => void error.push(text),
      getOutHelpWidth: () => 80,
    });
  }
  const end = await program.parseAsync(words, { from: 'user' }).catch((exit: unknown) => exit);
  return { out: out.join(''), error: error.join(''), exitCode: (end as { exitCode?: number }).exitCode };
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

describe('the version', () => {
  it.each(['-v', '--version'])('%s is the one of package.json', async (flag) => {
    expect(await run(flag)).toEqual({ out: `${version}\n`, error: '', exitCode: 0 });
  });

  it('is a command too', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await run('version');
    expect(print.mock.calls).toEqual([[version]]);
    print.mockRestore();
  });
});

describe('the help', () => {
  const lines = everyCommand(createWhole()).map(lineOf);

  it.each(lines)('of %s has the shape of all others', async (line) => {
    const { out, exitCode } = await run(...line.split(' ').slice(1), '--help');
    expect(exitCode).toBe(0);
    const [usage, blank, what, ...rest] = out.split('\n');
    expect(usage).toMatch(new RegExp(`^Usage: ${line} \\[options\\]`));
    expect(blank).toBe('');
    expect(what).toMatch(/^[A-Z].*[^.]$/);
    expect(rest.join('\n')).toMatch(/\n {2}-h, --help +show this help\n/);
    const examples = /\nExamples:\n((?: {2}.+\n)+)/.exec(out)?.[1]?.trimEnd().split('\n') ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(example).toMatch(/^ {2}tminus /);
    expect(out).not.toContain('display help');
  });

  it.each(lines)('of %s shows only examples that the program knows', async (line) => {
    const { out } = await run(...line.split(' ').slice(1), '--help');
    for (const [, example = ''] of out.matchAll(/^ {2}(tminus .+)$/gm)) {
      const words = example.replace(/ >.*/, '').split(' ').slice(1);
      const called = words.reduce<Command>(
        (command, word) => command.commands.find((each) => each.name() === word) ?? command,
        createWhole(),
      );
      expect(called.commands, example).toEqual([]);
      const flags = words.filter((word) => word.startsWith('--'));
      const known = called.options.map(({ long }) => long);
      expect(known, example).toEqual(expect.arrayContaining(flags));
    }
  });

  it('tells which exit codes a script can build on', async () => {
    expect((await run('plan', 'check', '--help')).out).toContain(
      '  2  the plan, a template or the configuration could not be read',
    );
    expect((await run('audit', 'verify', '--help')).out).toContain('  1  it is not, or could not be read');
  });
});

describe('a mistake at the command line', () => {
  it.each([
    [['deploy'], "unknown command 'deploy'", 'tminus'],
    [['plan', 'chek', 'a.yaml'], "unknown command 'chek'\n(Did you mean check?)", 'tminus plan'],
    [['--verbose'], "unknown option '--verbose'", 'tminus'],
    [['plan', 'check', '--fast', 'a.yaml'], "unknown option '--fast'", 'tminus plan check'],
    [['plan', 'check'], "missing required argument 'file'", 'tminus plan check'],
    [['plan', 'check', 'a.yaml', 'b.yaml'], "unexpected argument 'b.yaml'", 'tminus plan check'],
    [['audit', 'verify', 'web-2.4.0'], "unexpected argument 'web-2.4.0'", 'tminus audit verify'],
    [['sandbox', '--port', 'x'], "argument 'x' is invalid. A port is a number", 'tminus sandbox'],
  ])('%j is named, with the next step', async (words, named, line) => {
    const { out, error, exitCode } = await run(...words);
    expect([out, exitCode]).toEqual(['', 1]);
    expect(error).toContain(named);
    expect(error).toMatch(new RegExp(`\\n${line} --help lists its commands and options\\.\\n$`));
  });
});
