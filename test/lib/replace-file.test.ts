import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/lib/replace-file.ts';

describe('replaceFile', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tminus-replace-'));
    file = path.join(folder, 'settings.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([true, false])('makes a file and replaces it, and leaves nothing else (flush: %s)', (flush) => {
    replaceFile(file, 'a longer first', { flush });
    replaceFile(file, 'second', { flush });
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('keeps others from reading it where that is asked for, whatever it was before', () => {
    writeFileSync(file, 'open', { mode: 0o644 });
    replaceFile(file, 'secret', { mode: 0o600 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is another file than before, so that a reader in the middle of the old one goes on with it', () => {
    replaceFile(file, 'first');
    const { ino } = statSync(file);
    replaceFile(file, 'second');
    expect(statSync(file).ino).not.toBe(ino);
  });

  it('is not misled by what a kill left half written', () => {
    replaceFile(file, 'first');
    writeFileSync(`${file}.new`, 'half of what was to be the second');
    replaceFile(file, 'third');
    expect(readFileSync(file, 'utf8')).toBe('third');
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('leaves the old file when there is no place for the new one', () => {
    replaceFile(file, 'first');
    mkdirSync(`${file}.new`);
    expect(() => replaceFile(file, 'second')).toThrow('EISDIR');
    expect(readFileSync(file, 'utf8')).toBe('first');
  });

  it('leaves no draft when the file can not be replaced', () => {
    mkdirSync(file);
    expect(() => replaceFile(file, 'text')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });
});
