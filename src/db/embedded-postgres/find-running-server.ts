import { realpathSync } from 'node:fs';
import path from 'node:path';
import { readPassword, serverUrl } from './cluster.ts';
import { isLiveServer, readPostmasterFile } from './postgres-process.ts';

/** The address of the embedded PostgreSQL that runs in `dataDir`, for a second process that only reads; null when none does. */
export async function findRunningServer(dataDir: string): Promise<string | null> {
  try {
    const folder = path.join(realpathSync(dataDir), 'postgres');
    const found = readPostmasterFile(folder);
    if (!found?.port || !isLiveServer(found.pid, folder)) return null;
    return serverUrl({ folder, password: await readPassword(folder) }, found.port, 'tminus');
  } catch {
    return null;
  }
}
