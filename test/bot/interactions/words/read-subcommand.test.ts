import { describe, expect, it } from 'vitest';
import type { CommandGroup } from '../../../../src/bot/interactions/interaction.ts';
import { commands } from '../../../../src/bot/interactions/registry.ts';
import { readSubcommand } from '../../../../src/bot/interactions/words/read-subcommand.ts';
import { lineText } from '../../../../src/core/card/line.ts';

const release = commands.find((command): command is CommandGroup => 'subcommands' in command);
if (!release) throw new Error('no command has subcommands');

/** With its message in plain words. */
function read(typed: string) {
  const answer = readSubcommand(release as CommandGroup, typed);
  return answer.ok ? answer : { ...answer, message: lineText(answer.message) };
}

describe('readSubcommand', () => {
  it.each(release.subcommands)('knows $name, however it is written', (subcommand) => {
    const { name } = subcommand;
    expect(read(name)).toEqual({ ok: true, subcommand, rest: '' });
    expect(read(`  ${name.toUpperCase()}   Web-2.4.0  now `)).toEqual({
      ok: true,
      subcommand,
      rest: 'Web-2.4.0  now',
    });
  });

  it('leaves the words after it as they were typed', () => {
    const typed = '  status web-2.4.0 deployed 50% "EU only: #812."  ';
    expect(read(typed)).toMatchObject({ ok: true, rest: 'web-2.4.0 deployed 50% "EU only: #812."' });
  });

  it('takes nothing for a call for help', () => {
    for (const words of ['', '   ']) expect(read(words)).toMatchObject({ subcommand: { name: 'help' } });
  });

  it.each([
    ['shedule', 'Did you mean "release schedule"?'],
    ['lsit', 'Did you mean "release list"?'],
    ['gonogo', 'Did you mean "release go-no-go"?'],
    ['web-2.4.0', 'Did you mean "release show web-2.4.0"?'],
    ['xyzzy', '"release help" lists all commands.'],
  ])('says of %s what was probably meant', (typed, told) => {
    expect(read(typed)).toEqual({ ok: false, message: `There is no "release ${typed}". ${told}` });
  });

  it('points to the help when nothing is near, and keeps its answer short', () => {
    const answer = read('x'.repeat(5_000));
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('"release help"') });
    expect(answer.ok ? '' : answer.message.length).toBeLessThan(200);
  });
});
