import { describe, expect, it } from 'vitest';
import {
  readReleaseCommand,
  releaseCommands,
} from '../../../../src/bot/interactions/commands/release-commands.ts';

describe('readReleaseCommand', () => {
  it.each(releaseCommands)('knows $name, however it is written', ({ name }) => {
    expect(readReleaseCommand(name)).toEqual({ ok: true, command: name, rest: '' });
    expect(readReleaseCommand(`  ${name.toUpperCase()}   Web-2.4.0  now `)).toEqual({
      ok: true,
      command: name,
      rest: 'Web-2.4.0 now',
    });
  });

  it('takes nothing for a call for help', () => {
    for (const words of ['', '   ']) expect(readReleaseCommand(words)).toMatchObject({ command: 'help' });
  });

  it.each([
    ['shedule', 'Did you mean /release schedule?'],
    ['lsit', 'Did you mean /release list?'],
    ['gonogo', 'Did you mean /release go-no-go?'],
    ['web-2.4.0', 'Did you mean /release show web-2.4.0?'],
    ['xyzzy', '/release help lists what there is.'],
  ])('says of %s what was probably meant', (typed, told) => {
    expect(readReleaseCommand(typed)).toEqual({
      ok: false,
      message: `There is no "/release ${typed}". ${told}`,
    });
  });

  it('points to the help when nothing is near, and keeps its answer short', () => {
    const read = readReleaseCommand('x'.repeat(5_000));
    expect(read).toMatchObject({ ok: false, message: expect.stringContaining('/release help') });
    expect(read.ok ? '' : read.message.length).toBeLessThan(200);
  });

  it('begins each usage with the name of its command', () => {
    for (const { name, usage } of releaseCommands) expect(usage.split(' ')[0]).toBe(name);
  });
});
