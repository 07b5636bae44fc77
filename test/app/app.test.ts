import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startApp } from '../../src/app.ts';
import { fileConfigSchema } from '../../src/config/config.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';

let templates: string;
beforeEach(async () => {
  templates = await mkdtemp(path.join(tmpdir(), 'tminus-templates-'));
});
afterEach(() => rm(templates, { recursive: true }));

it('closes the storage, which may be starting still, when a template is broken', async () => {
  await writeFile(path.join(templates, 'broken.md'), 'no heading');
  const stop = vi.fn(async () => undefined);
  const config = {
    ...fileConfigSchema.parse({ templates }),
    dataDir: templates,
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
  const storage = pause(20, { url: 'postgres://nobody@127.0.0.1:1/none', stop });
  const starting = startApp({ config, clock: systemClock, log: silentLog, storage });
  await expect(starting).rejects.toThrow('broken.md:1:1 A template begins with a heading');
  expect(stop).toHaveBeenCalledOnce();
});
