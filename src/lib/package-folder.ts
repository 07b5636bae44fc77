import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder of this package, such as `templates`, seen from the source as well as from the bundle in `dist/`. */
export function findPackageFolder(name: string): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json')) || !existsSync(path.join(folder, name))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`The folder "${name}" is missing; install tminus again.`);
    folder = parent;
  }
  return path.join(folder, name);
}
