import type { AppOptions, RunningApp } from './app.ts';
import { startStorage } from './start-storage.ts';

/** Starts everything. The storage begins to start while the larger part of the program is still being loaded. */
export async function loadAndStart(options: Omit<AppOptions, 'storage'>): Promise<RunningApp> {
  const storage = startStorage(options.config, options.log);
  // Its failure is thrown where it is waited for.
  storage.catch(() => undefined);
  const { startApp } = await import('./app.ts');
  return startApp({ ...options, storage });
}
