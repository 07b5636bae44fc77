import { describe, expect, it } from 'vitest';
import { parsePromote } from '../../../src/bot/commands/parse-promote.ts';
import { parseReleaseKey } from '../../../src/bot/commands/parse-release-key.ts';
import { readReleaseCommand, releaseCommands } from '../../../src/bot/commands/release-commands.ts';
import { splitWords } from '../../../src/bot/commands/split-words.ts';

describe('splitWords', () => {
  it.each([
    ['', []],
    [' \t\n\0 ', []],
    ['`web-2.4.0`, "full".', ['web-2.4.0', 'full']],
    ['web\u200b-2.4.0\u202e', ['web-2.4.0']],
    ['half \ud83d', ['half']],
    ['(*)', []],
  ])('reads %j', (typed, words) => {
    expect(splitWords(typed)).toEqual(words);
  });
});

describe('parseReleaseKey', () => {
  it.each([
    ['', null],
    ['web-2.4.0', 'web-2.4.0'],
    ['please show WEB-2.4.0 now', 'web-2.4.0'],
    ['web', 'web'],
    ['two words', 'two'],
    ['x'.repeat(500), 'x'.repeat(80)],
  ])('finds in %j the key %j', (typed, key) => {
    expect(parseReleaseKey(typed)).toBe(key);
  });
});

describe('parsePromote', () => {
  it.each([
    ['', null, 'next'],
    ['next', null, 'next'],
    ['FULL', null, 'full'],
    ['web-2.4.0', 'web-2.4.0', 'next'],
    ['web-2.4.0 to 10%', 'web-2.4.0', 10],
    ['to 10 % web-2.4.0', 'web-2.4.0', 10],
    ['10 percent of traffic web-2.4.0 please', 'web-2.4.0', 10],
    ['0,5% web-2.4.0', 'web-2.4.0', 0.5],
    ['web-2.4.0 to the next phase', 'web-2.4.0', 'next'],
    ['100', null, 100],
  ])('reads %j', (typed, releaseKey, target) => {
    expect(parsePromote(typed)).toEqual({ ok: true, releaseKey, target });
  });

  it.each(['0', '-1%', '101%', '1e3', '2.4.0', '10% 20%', 'web-1.0 web-2.0', 'next full', '١٠% web-1.0 x'])(
    'does not guess at %j',
    (typed) => {
      expect(parsePromote(typed)).toEqual({
        ok: false,
        message: expect.stringContaining('Say for example:'),
      });
    },
  );
});

describe('readReleaseCommand', () => {
  it.each(releaseCommands.map(({ name }) => name))('knows %s, in capitals too', (name) => {
    expect(readReleaseCommand(name)).toEqual({ ok: true, command: name, rest: '' });
    expect(readReleaseCommand(`${name.toUpperCase()} web-2.4.0`)).toEqual({
      ok: true,
      command: name,
      rest: 'web-2.4.0',
    });
  });

  it('helps when nothing was typed', () => {
    expect(readReleaseCommand('  ')).toEqual({ ok: true, command: 'help', rest: '' });
  });

  it.each([
    ['lsit', 'Did you mean /release list?'],
    ['gonogo', 'Did you mean /release go-no-go?'],
    ['web-2.4.0', 'Did you mean /release show web-2.4.0?'],
    ['xyzzy', '/release help lists what there is.'],
  ])('says of %s what is meant', (typed, told) => {
    expect(readReleaseCommand(typed)).toEqual({
      ok: false,
      message: `There is no "/release ${typed}". ${told}`,
    });
  });
});
