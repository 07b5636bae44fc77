import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startApp } from '../../src/app.ts';
import { fileConfigSchema, settingsOf } from '../../src/config/config.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';

let templates: string;
let dataDir: string;
beforeEach(async () => {
  templates = await mkdtemp(path.join(tmpdir(), 'tminus-templates-'));
  dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-data-'));
});
afterEach(() => Promise.all([templates, dataDir].map((folder) => rm(folder, { recursive: true }))));

it('closes the storage, which is starting still, when a template is broken', async () => {
  await writeFile(path.join(templates, 'broken.md'), 'no heading');
  const config = {
    ...settingsOf(fileConfigSchema.parse({ templates })),
    dataDir,
    logLevel: 'error' as const,
    // Nobody listens at this port.
    slack: {
      pace: { postIntervalMs: 0, editIntervalMs: 0 },
      mode: 'http' as const,
      botToken: 'xoxb-1',
      signingSecret: 's',
      apiUrl: 'http://127.0.0.1:1/api/',
    },
  };
  const onStorageLost = vi.fn();
  const starting = startApp({ config, clock: systemClock, log: silentLog, onStorageLost });
  await expect(starting).rejects.toThrow('broken.md:1:1 A template begins with a heading');
  // The server had been started, and neither it nor its lock is left.
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
  expect(existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  expect(onStorageLost).not.toHaveBeenCalled();
});
