import type { AppOptions, RunningApp } from './app.ts';
import { startStorage } from './db/start-storage.ts';

export interface StartOptions extends Omit<AppOptions, 'storage'> {
  /** The storage is gone for good and the log says why: end the process. It may be called during the start too. */
  onStorageLost: () => void;
}

/** Starts everything. The storage begins to start while the larger part of the program is still being loaded. */
export async function loadAndStart({ onStorageLost, ...options }: StartOptions): Promise<RunningApp> {
  const storage = startStorage(options.config, { log: options.log, onLost: onStorageLost });
  // Its failure is thrown where it is waited for.
  storage.catch(() => undefined);
  const { startApp } = await import('./app.ts');
  return startApp({ ...options, storage });
}
