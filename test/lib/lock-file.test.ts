import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLockFile } from '../../src/lib/lock-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tminus-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes the lock, or expects it to be free. */
function take() {
  const attempt = takeLockFile(file);
  if (!attempt.ok) throw new Error(`It is taken by ${attempt.holder.pid}.`);
  return attempt.lock;
}

it('is one holder’s, with what it wants to be known, until it is released', () => {
  const lock = take();
  expect(takeLockFile(file)).toMatchObject({ ok: false, holder: { pid: process.pid } });
  lock.leaveNote('http://127.0.0.1:4300');
  expect(takeLockFile(file)).toMatchObject({ ok: false, holder: { note: 'http://127.0.0.1:4300' } });
  lock.release();
  expect(existsSync(file)).toBe(false);
  take().release();
  expect(readdirSync(folder)).toEqual([]);
});

it('is free when its holder is dead, or its process number is another’s now', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, JSON.stringify({ pid, started: null }));
  take().release();
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: '1' }));
  take().release();
});

it('is free when nobody can say whose it is', () => {
  writeFileSync(file, '');
  take();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
});
