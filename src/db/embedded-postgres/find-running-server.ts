import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { passwordFile } from './cluster.ts';
import { readPostmasterFile } from './postgres-process.ts';
import { probeServer, serverUrl } from './probe-server.ts';

/** The address of the embedded PostgreSQL that runs in `dataDir`, for a second process that only reads; null when none does. */
export async function findRunningServer(dataDir: string): Promise<string | null> {
  try {
    const folder = path.join(realpathSync(dataDir), 'postgres');
    const password = (await readFile(path.join(folder, passwordFile), 'utf8')).trim();
    const found = readPostmasterFile(folder);
    if (!found?.port) return null;
    const probe = await probeServer({ folder, password }, found.port);
    if (probe.kind !== 'ours') return null;
    await probe.client.end();
    return serverUrl({ folder, password }, found.port, 'tminus');
  } catch {
    return null;
  }
}
