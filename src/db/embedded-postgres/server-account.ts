import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * Who PostgreSQL runs as. It refuses to be root, so a root process hands it to another account: plainly by
 * `uid` and `gid`, or through `setpriv` (`prefix`) where that account could not reach the files.
 */
export interface ServerAccount {
  owner?: { uid: number; gid: number; name: string };
  prefix: string[];
}

/**
 * Chooses the account: our own unless we are root; as root the owner of `dataDir` if that is an ordinary
 * user, else `postgres`, else `nobody`.
 * @throws EmbeddedPostgresError when no account can reach the files.
 */
export function chooseServerAccount(dataDir: string, binaries: PostgresBinaries): ServerAccount {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = chooseOwner(dataDir);
  const plain: ServerAccount = { owner, prefix: [] };
  const privileged: ServerAccount = { owner, prefix: setprivPrefix(owner) };
  // No capability where none is needed.
  const account = [plain, privileged].find((one) => canReachFiles(one, dataDir, binaries));
  if (account) return account;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and user "${owner.name}" may not enter ${path.resolve(dataDir)} or ` +
      'the node_modules beside it. Run tminus as an ordinary user, move its folder to where others may ' +
      'enter (/opt/tminus, say), or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** Starts a program of PostgreSQL's as the account. */
export function spawnAs(
  account: ServerAccount,
  program: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  const [file = program, ...rest] = [...account.prefix, program, ...args];
  return spawn(file, rest, { ...options, ...identity(account), cwd: '/', env: serverEnvironment() });
}

/** With `setpriv` the identity is changed by it, not by the spawn. */
function identity({ owner, prefix }: ServerAccount): { uid?: number; gid?: number } {
  return owner && prefix.length === 0 ? { uid: owner.uid, gid: owner.gid } : {};
}

/** PG* and the locale of the person who types must not change what the server does. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => !/^(PG|LC_|LANG)/.test(key));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/**
 * A clone under /root (mode 700) can't be entered by anyone else. The kernel's dac_override, given to
 * this one process tree, lets data and binaries stay where they are. Without the secure bit, access(2),
 * by which initdb looks for its neighbours, would leave the capability out of account.
 */
function setprivPrefix({ uid, gid }: { uid: number; gid: number }): string[] {
  const capability = '+dac_override';
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
    '--securebits=+no_setuid_fixup',
    '--',
  ];
}

/** Asked of the system, as the account: mode bits alone don't tell about ACLs, read-only mounts or noexec. */
function canReachFiles(account: ServerAccount, dataDir: string, binaries: PostgresBinaries): boolean {
  const script = 'test -x "$1" && test -r "$2" && test -x "$0"';
  const shell = ['/bin/sh', '-c', script, path.resolve(dataDir), binaries.postgres, binaries.catalog];
  const [file = '/bin/sh', ...args] = [...account.prefix, ...shell];
  return spawnSync(file, args, { ...identity(account), cwd: '/', stdio: 'ignore' }).status === 0;
}

function chooseOwner(dataDir: string): { uid: number; gid: number; name: string } {
  const folder = nearestExisting(path.resolve(dataDir, 'postgres'));
  const { uid, gid } = statSync(folder);
  if (uid !== 0) return { uid, gid, name: accounts().find((a) => a.uid === uid)?.name ?? String(uid) };
  const account = ['postgres', 'nobody'].flatMap((name) => accounts().filter((a) => a.name === name))[0];
  if (account) return account;
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody" to run it. ' +
      'Run tminus as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

function accounts(): { name: string; uid: number; gid: number }[] {
  if (!existsSync('/etc/passwd')) return [];
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return { name, uid: Number(uid), gid: Number(gid) };
  });
}
