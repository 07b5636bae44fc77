import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../../lib/error-code.ts';
import type { Log } from '../../lib/log.ts';
import type { PostgresBinaries } from './binaries.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { type ServerAccount, spawnAs } from './server-account.ts';

/** A PostgreSQL data folder, and what it takes to log in to its server. */
export interface Cluster {
  folder: string;
  password: string;
}

/** The one login role; it owns everything. */
const clusterUser = 'tminus';
const passwordFile = 'tminus-password';

/** Where to log in on this machine. */
export function serverUrl({ password }: Cluster, port: number, database: string): string {
  return `postgres://${clusterUser}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Returns the cluster in `<dataDir>/postgres`, made by `initdb` if it isn't there. It is made under another
 * name and then renamed, so that a killed start leaves nothing half made.
 */
export async function ensureCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  log: Log,
): Promise<Cluster> {
  const folder = path.join(dataDir, 'postgres');
  if (!(await exists(folder))) {
    log.info({ folder }, 'Creating the embedded PostgreSQL');
    await createCluster(folder, binaries, account);
  }
  return { folder, password: await readPassword(folder) };
}

async function createCluster(folder: string, binaries: PostgresBinaries, account: ServerAccount) {
  const temporary = `${folder}.new`;
  const secret = `${temporary}.password`;
  // What a killed start has left.
  await rm(secret, { force: true });
  await rm(temporary, { recursive: true, force: true });
  try {
    const password = randomBytes(24).toString('base64url');
    await mkdir(temporary, { mode: 0o700 });
    await giveTo(account, temporary);
    await writePrivately(secret, password, account);
    await runInitdb(binaries, account, temporary, secret);
    await writePrivately(path.join(temporary, passwordFile), password, account);
    await rename(temporary, folder);
  } finally {
    await rm(secret, { force: true });
    await rm(temporary, { recursive: true, force: true });
  }
}

async function runInitdb(binaries: PostgresBinaries, account: ServerAccount, folder: string, secret: string) {
  // The built-in C.UTF-8 sorts by code point, the same on every machine, and yet knows letters beyond ASCII.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  // Rounds slow the guessing of words down. This password is 24 random bytes, and each connection pays for them.
  const rounds = ['--set', 'scram_iterations=1'];
  const login = [`--username=${clusterUser}`, `--pwfile=${secret}`, '--auth=scram-sha-256'];
  const child = spawnAs(account, binaries.initdb, [`--pgdata=${folder}`, ...login, ...rounds, ...locale], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += String(data)));
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (status !== 0) throw new EmbeddedPostgresError(`PostgreSQL could not create ${folder}:\n${said.trim()}`);
}

/** @throws EmbeddedPostgresError when the folder is not ours to read, or not one of tminus's. */
export async function readPassword(folder: string): Promise<string> {
  try {
    return (await readFile(path.join(folder, passwordFile), 'utf8')).trim();
  } catch (error) {
    if (!hasErrorCode(error, 'EACCES', 'EPERM', 'ENOENT')) throw error;
    throw new EmbeddedPostgresError(
      hasErrorCode(error, 'ENOENT')
        ? `${folder} is not a PostgreSQL folder made by tminus (${passwordFile} is missing). Move it away, ` +
            'or choose another data folder.'
        : `${folder} belongs to another user: tminus was started as root here before, or by someone else. ` +
            `Start it as that user again, or run \`sudo chown -R $(id -u):$(id -g) ${path.dirname(folder)}\`.`,
      { cause: error },
    );
  }
}

async function writePrivately(file: string, text: string, account: ServerAccount): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  await handle.writeFile(`${text}\n`);
  // Without it a power cut could leave a cluster that nobody can log in to.
  await handle.sync();
  await handle.close();
  await giveTo(account, file);
}

async function giveTo({ owner }: ServerAccount, file: string): Promise<void> {
  if (owner) await chown(file, owner.uid, owner.gid);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error) => {
      if (hasErrorCode(error, 'ENOENT')) return false;
      throw error;
    },
  );
}
