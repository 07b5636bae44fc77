import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.ts';

it('names another folder as the next step when the data folder can not be made', async () => {
  const parent = await mkdtemp(path.join(tmpdir(), 'tminus-data-'));
  const file = path.join(parent, 'notes.txt');
  await writeFile(file, '');
  try {
    for (const dataDir of [file, path.join(file, 'data')]) {
      await expect(startSandbox({ dataDir, port: 0, say: () => undefined })).rejects.toThrow(
        `${dataDir} can't hold the sandbox's data: a part of its path is a file. Name another folder with --data.`,
      );
    }
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
});
