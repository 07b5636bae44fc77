import { realpathSync } from 'node:fs';
import pg from 'pg';
import { hasErrorCode } from '../../lib/error-code.ts';
import { type Cluster, clusterUser } from './cluster.ts';

/**
 * What answers on a port: our cluster's server (with an open connection to it), one that is starting or
 * stopping, nothing, or somebody else's.
 */
export type Probe =
  | { kind: 'ours'; client: pg.Client }
  | { kind: 'busy' }
  | { kind: 'nothing' }
  | { kind: 'other-workspace' };

/** Where to log in on this machine. */
export function serverUrl({ password }: Cluster, port: number, database: string): string {
  return `postgres://${clusterUser}:${password}@127.0.0.1:${port}/${database}`;
}

/** Looks who is there. Our own password and the server's own word for its folder tell whether it is ours. */
export async function probeServer(cluster: Cluster, port: number): Promise<Probe> {
  const client = new pg.Client({
    connectionString: serverUrl(cluster, port, 'postgres'),
    application_name: `tminus ${process.pid}`,
    connectionTimeoutMillis: 2000,
    keepAlive: true,
  });
  // A connection may break at any later time; whoever takes the client over listens for that itself.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const folder = rows[0]?.data_directory ?? '';
    if (realpathSync(folder) === realpathSync(cluster.folder)) return { kind: 'ours', client };
    await client.end();
    return { kind: 'other-workspace' };
  } catch (error) {
    await client.end().catch(() => undefined);
    return { kind: readFailure(error) };
  }
}

function readFailure(error: unknown): 'busy' | 'nothing' | 'other-workspace' {
  if (hasErrorCode(error, 'ECONNREFUSED')) return 'nothing';
  // Wrong password, no such user, or a folder that isn't there: not the server that we made.
  if (hasErrorCode(error, '28P01', '28000', 'ENOENT')) return 'other-workspace';
  return 'busy';
}
