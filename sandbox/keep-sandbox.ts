import { rmSync } from 'node:fs';
import path from 'node:path';
import { createControlClient } from './control-client.ts';
import { planExampleRelease } from './example-release.ts';
import type { Watch } from './show/show-routes.ts';
import { type RunningSandbox, type SandboxOptions, startSandbox } from './start-sandbox.ts';

export interface KeptSandbox {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a sandbox with the example release, and starts it over at the same address whenever the page asks: its
 * folder is emptied first. `onLost`: a new start failed, and nothing runs any more.
 */
export async function keepSandbox(
  options: SandboxOptions,
  onLost: (error: unknown) => void,
): Promise<KeptSandbox> {
  const { say } = options;
  // A database that was given is not ours to empty.
  const canStartOver = options.databaseUrl === undefined;
  let stopped = false;
  let running: Promise<RunningSandbox>;
  const start = async (port: SandboxOptions['port'], watch: Watch) => {
    const sandbox = await startSandbox({
      ...options,
      port,
      accountsConnected: true,
      ...(watch ? { watch } : {}),
      ...(canStartOver ? { onStartOver } : {}),
    });
    const { platforms = ['slack'] } = options;
    const control = createControlClient(sandbox.url, platforms[0]);
    await planExampleRelease(control, { platforms, say });
    await sandbox.show.open();
    return sandbox;
  };
  const startOver = async (watch: Watch) => {
    const before = await running;
    await before.stop();
    if (stopped) return before;
    forget(options.dataDir);
    return start(before.workspace.port, watch);
  };
  const onStartOver = (watch: Watch) => {
    say('Starting over');
    running = startOver(watch);
    running.catch((error: unknown) => {
      if (!stopped) onLost(error);
    });
  };
  running = start(options.port, null);
  const { url } = await running;
  return {
    url,
    stop: async () => {
      stopped = true;
      await (await running).stop();
    },
  };
}

/** What a sandbox keeps in its folder; anything else there is somebody else's. */
function forget(dataDir: string): void {
  for (const name of ['sandbox', 'postgres', 'postgres.lock', 'audit-key', 'audit-checkpoint.json']) {
    rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}
