import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out. It writes down only
 * those that it could see when the lock file was made, and `npm ci` then refuses the file on every platform.
 * Run it after `npm install` when `npm ci` says "Missing: … from lock file".
 */
interface Entry {
  version?: string;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
}
type Packages = Record<string, Entry>;

const file = 'package-lock.json';
const lockfile: { packages: Packages } = JSON.parse(readFileSync(file, 'utf8'));
const added = Object.keys(lockfile.packages).flatMap((parent) => completeEntry(lockfile.packages, parent));
lockfile.packages = Object.fromEntries(
  Object.entries(lockfile.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
);
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(added.length > 0 ? `Added:\n${added.join('\n')}` : 'The lock file is complete.');

function completeEntry(packages: Packages, parent: string): string[] {
  const wanted = Object.entries(packages[parent]?.optionalDependencies ?? {});
  const missing = wanted.filter(([name]) => !findEntry(packages, parent, name));
  const sibling = wanted
    .map(([name]) => [name, findEntry(packages, parent, name)] as const)
    .find(([, path]) => path);
  return missing.map(([name, range]) => {
    const [siblingName = '', siblingPath = ''] = sibling ?? [];
    const folder = sibling ? siblingPath.slice(0, -siblingName.length) : 'node_modules/';
    const dev = packages[parent]?.dev ? { dev: true } : {};
    packages[folder + name] = {
      version: range.replace(/^[\^~]/, ''),
      ...platformOf(name),
      ...dev,
      optional: true,
    };
    return folder + name;
  });
}

/** Node's way up: beside the parent's own packages, then further out. */
function findEntry(packages: Packages, parent: string, name: string): string | undefined {
  const path = `${parent ? `${parent}/` : ''}node_modules/${name}`;
  if (packages[path]) return path;
  if (parent === '') return undefined;
  return findEntry(packages, parent.slice(0, Math.max(0, parent.lastIndexOf('node_modules/') - 1)), name);
}

/** From the name, as all such packages are named: `binding-linux-arm64-musl`. */
function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const words = name.split(/[-/]/);
  const pick = (known: string[]) => words.filter((word) => known.includes(word)).slice(0, 1);
  const [os, cpu, libc] = [
    pick([
      'aix',
      'android',
      'darwin',
      'freebsd',
      'linux',
      'netbsd',
      'openbsd',
      'openharmony',
      'sunos',
      'win32',
    ]),
    pick(['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']),
    pick(['musl', 'gnu']).map((word) => (word === 'gnu' ? 'glibc' : word)),
  ];
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }) };
}
