import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

it('one of many processes takes a folder that a killed one had', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tminus-lock-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path.join(dataDir, 'postgres.lock'), JSON.stringify({ pid, started: null }));
  const module = new URL('../../../src/db/embedded-postgres/lock-data-folder.ts', import.meta.url).href;
  const script = `
    const { lockDataFolder } = await import(${JSON.stringify(module)});
    try {
      lockDataFolder(${JSON.stringify(dataDir)});
      process.stdout.write('taken');
    } catch (error) {
      process.stdout.write(error.message);
    }
    process.stdin.resume();`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script]),
  );
  const said = await Promise.all(children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])));
  for (const child of children) child.stdin.end();
  const winner = children[said.indexOf('taken')];
  expect(said.filter((words) => words !== 'taken')).toEqual(
    Array(3).fill(expect.stringContaining(`is in use by another tminus (process ${winner?.pid})`)),
  );
});
