import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Finds a program on the path by any of its names; where there is none and we are root on a Debian, installs
 * its package.
 * @throws Error with the hint, which says what a person can do.
 */
export function findProgram(wanted: { names: string[]; package: string; hint: string }): string {
  const found = findOnPath(wanted.names);
  if (found) return found;
  if (process.getuid?.() === 0 && findOnPath(['apt-get'])) {
    installPackage(wanted.package);
    const installed = findOnPath(wanted.names);
    if (installed) return installed;
  }
  throw new Error(`The tests need ${wanted.names.join(' or ')}. ${wanted.hint}`);
}

function findOnPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installPackage(name: string): void {
  console.log(`Installing ${name} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], { env, stdio: 'inherit' })
      .status;
  if (install() === 0) return;
  // The list of packages may be missing or old.
  spawnSync('apt-get', ['update'], { env, stdio: 'inherit' });
  install();
}
